/// Which elements a rule of a style sheet is about: elements by their names, classes and ids, within others.
///
/// ```
/// table.a > tr td     a td in a tr that is the child of a table with the class a
/// ```
/// Of what else a selector may ask, such as `:nth-child(2)` or `[lang=zh]`, it is not known whether it holds; the selector is
/// then not sure, and has the elements that it may be about.
struct StyleSelector {
  /// What is asked of one element.
  struct Compound: Equatable {
    var name: String?
    var ids: [String] = []
    var classes: [String] = []
    /// Whether the attribute `hidden` is asked for.
    var asksHidden = false

    var isEmpty: Bool { name == nil && ids.isEmpty && classes.isEmpty && !asksHidden }
  }

  /// The element itself, then those around it.
  private(set) var compounds: [Compound] = []
  /// For each of `compounds` but the first, whether it is the parent of the one before it.
  private(set) var isParent: [Bool] = []
  private(set) var isSure = true
  /// Ids, classes and names, as CSS weighs them.
  private(set) var specificity = 0

  /// Reads a selector; nil for one that is about no text as it is first shown, or that nothing is known of.
  init?(_ text: Substring) {
    var scanner = Scanner(rest: text)
    var parts: [(compound: Compound, combinator: Character)] = []
    var combinator: Character = " "
    var weights = (0, 0, 0)
    while let step = scanner.step() {
      switch step {
      case .combinator(let sign): combinator = sign
      case .nothing: return nil
      case .compound(let compound, let isSure, let asked):
        if !isSure { self.isSure = false }
        weights = (
          weights.0 + compound.ids.count, weights.1 + compound.classes.count + asked,
          weights.2 + (compound.name == nil ? 0 : 1)
        )
        parts.append((compound, parts.isEmpty ? " " : combinator))
        combinator = " "
      }
    }
    guard let last = parts.last, combinator == " " else { return nil }
    compounds = [last.compound]
    var link = last.combinator
    for part in parts.dropLast().reversed() {
      // A sibling of the element, of which nothing is known.
      if link == "+" || link == "~" {
        isSure = false
        break
      }
      compounds.append(part.compound)
      isParent.append(link == ">")
      link = part.combinator
    }
    // It may be about all elements, and nobody knows about which: as good as nothing.
    if !isSure, compounds[0].isEmpty { return nil }
    specificity = min(weights.0, 255) << 16 | min(weights.1, 255) << 8 | min(weights.2, 255)
  }

  /// Reads what is asked of one element after the other.
  private struct Scanner {
    var rest: Substring

    enum Step {
      /// `asked` counts what else is asked, each as much as a class.
      case compound(Compound, isSure: Bool, asked: Int)
      case combinator(Character)
      /// It holds for nothing that is shown at first, or cannot be read.
      case nothing
    }

    mutating func step() -> Step? {
      rest = rest.drop(while: \.isWhitespace)
      guard let first = rest.first else { return nil }
      if [">", "+", "~"].contains(first) {
        rest.removeFirst()
        return .combinator(first)
      }
      return compound()
    }

    private mutating func compound() -> Step {
      var compound = Compound()
      var (isSure, asked, count) = (true, 0, 0)
      while let sign = rest.first, !sign.isWhitespace, ![">", "+", "~"].contains(sign) {
        count += 1
        guard count <= 64 else { return .nothing }
        switch sign {
        case "*": rest.removeFirst()
        case ".":
          rest.removeFirst()
          guard let name = name() else { return .nothing }
          compound.classes.append(name)
        case "#":
          rest.removeFirst()
          guard let name = name() else { return .nothing }
          compound.ids.append(name)
        case "[":
          let inner = brackets(until: "]").filter { !$0.isWhitespace }.lowercased()
          asked += 1
          if inner == "hidden" { compound.asksHidden = true } else { isSure = false }
        case ":":
          rest.removeFirst()
          guard rest.first != ":", let name = name()?.lowercased() else { return .nothing }
          if rest.first == "(" { _ = brackets(until: ")") }
          if Self.lateNames.contains(name) { return .nothing }
          if name == "root" { compound.name = "html" } else if name != "link" { isSure = false }
          asked += 1
        default:
          guard count == 1, let name = name() else { return .nothing }
          compound.name = name.lowercased()
        }
      }
      return .compound(compound, isSure: isSure, asked: asked)
    }

    private mutating func name() -> String? {
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      guard !name.isEmpty else { return nil }
      rest = rest.dropFirst(name.count)
      return String(name)
    }

    /// What stands in brackets.
    private mutating func brackets(until close: Character) -> String {
      let inner = rest.dropFirst().prefix { $0 != close }
      rest = rest.dropFirst(inner.count + 2)
      return String(inner)
    }

    /// What holds only once somebody does something, or is about no element.
    private static let lateNames: Set<String> = [
      "hover", "focus", "active", "visited", "target", "focus-within", "focus-visible", "before", "after", "first-line",
      "first-letter", "checked", "disabled", "selection", "placeholder-shown", "fullscreen",
    ]
  }
}
