/// How each element and text of a page is shown, by the style sheets in it, the styles of the elements and their names.
///
/// ```
/// browser < hidden, bgcolor < .a < #a < style="" < !important       the stronger one holds; of equals, the last
/// ```
/// Where a rule that may or may not hold would hide what is shown otherwise, or show it, the text is shown and doubtful. Style
/// sheets that the page only names are not fetched.
struct ShownElements {
  /// For each node of the tree.
  private(set) var shown: [Shown] = []
  /// Whether there are more rules, or more elements that they may be about, than can be compared.
  private(set) var isTooLong = false

  private let tree: MarkupTree
  private let looks: ElementLooks
  private let rules: [StyleRules.Rule]
  private let asksForOthers: Bool
  /// By what the element itself has to have, the places of rules.
  private var rulesByID: [String: [Int]] = [:]
  private var rulesByClass: [String: [Int]] = [:]
  private var rulesByName: [String: [Int]] = [:]
  private var otherRules: [Int] = []
  /// What is set for elements of one name and one look.
  private var known: [Key: Known] = [:]
  /// For each name of elements without a look, and then for each look, what the last of them changed: most looks are those of
  /// one name.
  private var latest: [(key: Key, change: ShownChange)?] = []
  private var steps = 0

  /// Elements about which the same rules may be.
  private struct Key: Hashable {
    var name: UInt16
    var look: Int32
    var isInline: Bool

    func hash(into hasher: inout Hasher) { hasher.combine(UInt64(name) << 33 | UInt64(look) << 1 | (isInline ? 1 : 0)) }
  }

  /// The rules that may be about some elements, and what they change where none of them asks for elements around.
  private struct Known {
    var rules: [Int]
    var change: ShownChange?
  }

  /// Looks at all elements; `asksForOthers` says whether there are style sheets that are not in the page.
  init(_ tree: MarkupTree, _ looks: ElementLooks, rules: StyleRules, asksForOthers: Bool) {
    self.tree = tree
    self.looks = looks
    let (classes, ids) = (Set(looks.looks.flatMap(\.classes)), Set(looks.looks.map(\.id)))
    let names = Set(tree.names)
    // Many pages have the rules of a whole site.
    self.rules = rules.rules.filter { rule in
      rule.selector.compounds.allSatisfy { compound in
        compound.classes.allSatisfy(classes.contains) && compound.ids.allSatisfy(ids.contains)
          && compound.name.map(names.contains) != false
      }
    }
    self.asksForOthers = asksForOthers || rules.asksForOthers
    isTooLong = rules.isTooLong
    for (place, rule) in self.rules.enumerated() {
      let compound = rule.selector.compounds[0]
      if let id = compound.ids.first {
        rulesByID[id, default: []].append(place)
      } else if let name = compound.classes.first {
        rulesByClass[name, default: []].append(place)
      } else if let name = compound.name {
        rulesByName[name, default: []].append(place)
      } else {
        otherRules.append(place)
      }
    }
    resolve()
  }

  private mutating func resolve() {
    let nodes = tree.nodes
    let manners = tree.names.map(Manner.init)
    latest = Array(repeating: nil, count: tree.names.count + looks.looks.count)
    shown.reserveCapacity(nodes.count)
    for (index, node) in nodes.enumerated() {
      let around = node.parent < 0 ? Shown() : shown[Int(node.parent)]
      if node.kind == MarkupTree.text || around.contains(.gone) {
        shown.append(around)
        continue
      }
      let manner = manners[Int(node.name)]
      if rules.isEmpty, looks.places[index] == 0, manner == .plain {
        shown.append(around)
        continue
      }
      shown.append(around.changed(by: change(of: index, node, manner), asksForOthers: asksForOthers))
      if steps > Self.mostSteps {
        isTooLong = true
        return
      }
    }
  }

  private static let mostSteps = 20_000_000

  // MARK: Cascade

  private mutating func change(of index: Int, _ node: MarkupTree.Node, _ manner: Manner) -> ShownChange {
    let isInline = node.kind == HTMLKind.inline.rawValue || node.kind == HTMLKind.link.rawValue
    let key = Key(name: node.name, look: looks.places[index], isInline: isInline)
    let place = key.look == 0 ? Int(key.name) : tree.names.count + Int(key.look)
    if let latest = latest[place], latest.key == key { return latest.change }
    if let known = known[key] {
      if let change = known.change {
        latest[place] = (key, change)
        return change
      }
      let settings = settings(by: known.rules.filter { matches(rules[$0].selector, index) }, of: index)
      return ShownChange(settings, manner, isInline: isInline)
    }
    let look = looks.looks[Int(looks.places[index])]
    let name = tree.names[Int(node.name)]
    var candidates = otherRules + (rulesByName[name] ?? []) + (rulesByID[look.id] ?? [])
    for name in Set(look.classes) { candidates += rulesByClass[name] ?? [] }
    candidates = candidates.sorted().filter { matches(rules[$0].selector.compounds[0], index) }
    let isAlone = candidates.allSatisfy { rules[$0].selector.compounds.count == 1 }
    let settings = settings(by: candidates.filter { matches(rules[$0].selector, index) }, of: index)
    let change = ShownChange(settings, manner, isInline: isInline)
    known[key] = Known(rules: candidates, change: isAlone ? change : nil)
    return change
  }

  private func settings(by places: [Int], of index: Int) -> Settings {
    let look = looks.looks[Int(looks.places[index])]
    var cascade = Cascade()
    cascade.add(look.hints, weight: 0)
    for place in places where rules[place].isSure { cascade.add(rules[place].declarations, weight: weight(place)) }
    cascade.add(look.style, weight: 1 << 40)
    var settings = Settings(values: cascade.values)
    for place in places where !rules[place].isSure {
      let other = rules[place].declarations
      for property in StyleDeclarations.Property.allCases where other[property] != .unset {
        guard cascade.yields(property, to: other, weight: weight(place)) else { continue }
        switch property {
        case .shift: continue
        case .background: if other[property] == .plain { settings.mayBeBacked = true }
        default:
          guard (other[property] == .takes) != (settings.values[property] == .takes) else { continue }
          settings.isDoubtful = true
          settings.values.force(property, .plain)
        }
      }
    }
    return settings
  }

  private func weight(_ place: Int) -> Int { 1 << 32 | rules[place].selector.specificity }

  /// The strongest value of each property so far.
  private struct Cascade {
    var values = StyleDeclarations()
    private var weights = [Int](repeating: -1, count: StyleDeclarations.Property.allCases.count)

    mutating func add(_ declarations: StyleDeclarations, weight: Int) {
      for property in StyleDeclarations.Property.allCases where declarations[property] != .unset {
        guard yields(property, to: declarations, weight: weight) else { continue }
        values.force(property, declarations[property])
        weights[property.rawValue] = full(weight, declarations, property)
      }
    }

    /// Whether others are as strong as what is known of a property, so that they hold where they come later.
    func yields(_ property: StyleDeclarations.Property, to others: StyleDeclarations, weight: Int) -> Bool {
      full(weight, others, property) >= weights[property.rawValue]
    }

    private func full(_ weight: Int, _ declarations: StyleDeclarations, _ property: StyleDeclarations.Property) -> Int {
      weight | (declarations.isImportant(property) ? 1 << 48 : 0)
    }
  }

  // MARK: Selectors

  /// Whether a selector has an element.
  private mutating func matches(_ selector: StyleSelector, _ index: Int) -> Bool {
    guard matches(selector.compounds[0], index) else { return false }
    return matches(selector, from: 1, around: index)
  }

  private mutating func matches(_ selector: StyleSelector, from place: Int, around index: Int) -> Bool {
    guard place < selector.compounds.count else { return true }
    var next = tree.nodes[index].parent
    while next >= 0, steps <= Self.mostSteps {
      if matches(selector.compounds[place], Int(next)), matches(selector, from: place + 1, around: Int(next)) {
        return true
      }
      if selector.isParent[place - 1] { return false }
      next = tree.nodes[Int(next)].parent
    }
    return false
  }

  private mutating func matches(_ compound: StyleSelector.Compound, _ index: Int) -> Bool {
    steps += 1
    let look = looks.looks[Int(looks.places[index])]
    if let name = compound.name, name != tree.names[Int(tree.nodes[index].name)] { return false }
    if compound.asksHidden, !look.isHidden { return false }
    return compound.ids.allSatisfy { $0 == look.id } && compound.classes.allSatisfy { look.classes.contains($0) }
  }
}

/// What is set for an element.
private struct Settings {
  var values = StyleDeclarations()
  /// Whether rules that may hold would hide it, or show it.
  var isDoubtful = false
  var mayBeBacked = false
}

/// What the name of an element says of its looks.
private enum Manner {
  case plain, struck, raised, lowered, small

  init(_ name: String) {
    switch name {
    case "s", "strike", "del": self = .struck
    case "sup": self = .raised
    case "sub": self = .lowered
    case "small": self = .small
    default: self = .plain
    }
  }
}

/// What an element changes in how the text in it is shown.
private struct ShownChange {
  private(set) var removed: Shown = [.blank, .pale]
  private(set) var inserted: Shown = []

  init(_ settings: Settings, _ manner: Manner, isInline: Bool) {
    let values = settings.values
    set(.hidden, by: values[.visibility])
    set(.tiny, by: values[.size])
    set(.clear, by: values[.colour])
    if values[.display] == .takes { inserted.insert(.gone) }
    if [.opacity, .clip, .across, .down].contains(where: { values[$0] == .takes }) { inserted.insert(.faded) }
    switch values[.colour] {
    case .white: inserted.insert(.white)
    case .plain, .takes: removed.insert(.white)
    default: break
    }
    if values[.background] == .white { removed.insert(.backed) }
    if values[.background] == .plain || settings.mayBeBacked { inserted.insert(.backed) }
    let isStruck = manner == .struck && values[.strike] == .unset || values[.strike] == .takes
    if isStruck { inserted.insert(.struck) }
    // What resets style sheets puts marks of notes on the line, where they are marks of notes still.
    if manner == .raised || isInline && values[.shift] == .raised { inserted.insert(.raised) }
    if manner == .lowered || isInline && values[.shift] == .lowered { inserted.insert(.lowered) }
    let isSmall = manner == .small && values[.size] == .unset || isInline && values[.size] == .smaller
    if isSmall { inserted.insert(.small) }
    if settings.isDoubtful { inserted.insert(.doubtful) }
  }

  private mutating func set(_ reason: Shown, by value: StyleDeclarations.Value) {
    switch value {
    case .takes: inserted.insert(reason)
    case .plain, .white: removed.insert(reason)
    default: break
    }
  }
}

extension Shown {
  /// How an element is shown that lies within one that is shown as this.
  fileprivate func changed(by change: ShownChange, asksForOthers: Bool) -> Shown {
    var shown = subtracting(change.removed).union(change.inserted)
    if shown.contains(.white), !shown.contains(.backed) { shown.insert(asksForOthers ? .pale : .blank) }
    return shown
  }
}
