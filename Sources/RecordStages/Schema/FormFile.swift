import DocumentModel
import PipelineKit

/// A form as it stands in a schema file.
struct FormFile: Codable {
  var form: String
  var format: Int
  var extends: String?
  /// The best status of a record of this form; `complete` where it is not said.
  var bestStatus: BestStatus?
  /// The years of the reports that it is for; of any year where it is not said. Read where words tell nothing.
  var inForce: Years?
  /// Words of labels of which one excludes the others.
  var contrasts: [[String]]?
  /// Words that say of what time a figure is, or that it is no count.
  var qualifiers: Label.Qualifiers?
  var tables: [Table]

  struct Years: Codable {
    var from: Int?
    var to: Int?
  }

  enum BestStatus: String, Codable {
    case complete, partial
  }

  struct Table: Codable {
    var key: String
    var rules: [RuleName: RuleIdentity]?
    var blocks: [Block]?
    /// Rows that take the place of consecutive rows of the form that this one extends.
    var replaceRows: [Replacement]?
  }

  struct Block: Codable {
    var key: String
    var layout: FormBlock.Layout?
    var columns: [Column]
    var rows: [Row]
    var equations: [Equation]?
    /// For a group, the words that stand over it in the header.
    var headings: [String: [String]]?
  }

  struct Row: Codable {
    var key: String
    var label: String
    var also: [String]?
    var group: String?
  }

  struct Column: Codable {
    var key: String
    var label: String
    var also: [String]?
    var group: String?
    var type: FigureType?
    var units: [String: Int]?
  }

  struct Equation: Codable {
    var id: String
    var severity: String?
    var each: FormEquation.Axis
    var left: [String]
    var right: [String]
    var message: String
  }

  struct Replacement: Codable {
    var rows: [String]
    var with: [Row]
  }
}

extension Form {
  /// Reads schema files and those that they extend, which must be among them.
  ///
  /// - Throws: ``RecordError`` that names the file and what is wrong with it.
  static func forms(in files: [OptionFile]) throws -> [Form] {
    var read: [String: FormFile] = [:]
    for file in files { read[file.path] = try schemaFile(file.path) }
    return try files.map { try Form(path: $0.path, extendedBy: [], among: read) }
  }

  private init(path: String, extendedBy files: [String], among read: [String: FormFile]) throws {
    guard !files.contains(path) else { throw RecordError("schema.invalid", "\(path): the form extends itself") }
    guard let file = read[path] else {
      throw RecordError(
        "schema.invalid", "\(files.last ?? path): extends \(path), which must be listed among the schemas too")
    }
    guard file.format == 1 else { throw RecordError("schema.invalid", "\(path): 'format' must be 1") }
    name = file.form
    completes = file.bestStatus != .partial
    years = file.inForce.map { ($0.from ?? .min)...max($0.from ?? .min, $0.to ?? .max) }
    var tables: [FormTable] = []
    exclusions = Label.Exclusions(
      contrasts: (file.contrasts ?? []).map(Label.Contrast.init), qualifiers: file.qualifiers ?? Label.Qualifiers())
    if let parent = file.extends {
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      let form = try Form(path: folder + parent, extendedBy: files + [path], among: read)
      tables = form.tables
      exclusions.contrasts = form.exclusions.contrasts + exclusions.contrasts
      if file.qualifiers == nil { exclusions.qualifiers = form.exclusions.qualifiers }
    }
    for declared in file.tables {
      if let index = tables.firstIndex(where: { $0.key == declared.key }) {
        try tables[index].change(by: declared, excluding: exclusions, path: path)
      } else {
        tables.append(FormTable(key: declared.key, rules: [:], blocks: []))
        try tables[tables.count - 1].change(by: declared, excluding: exclusions, path: path)
      }
    }
    self.tables = tables
    for table in tables {
      try table.validateRules(path: path)
      for block in table.blocks { try block.validate(path: path) }
    }
  }
}

extension FormTable {
  fileprivate func validateRules(path: String) throws {
    let known = GridRule.Kind.allCases.map(\.rawValue)
    for (name, rule) in rules.sorted(by: { $0.key < $1.key }) {
      guard known.contains(name) else {
        throw RecordError("schema.invalid", "\(path): unknown rule '\(name)'" + didYouMean(name, among: known))
      }
      guard Severity(rawValue: rule.severity) != nil else {
        throw RecordError(
          "schema.invalid",
          "\(path): rule \(rule.id) has the severity '\(rule.severity)', which is not error, warning or info")
      }
    }
  }

  fileprivate mutating func change(
    by declared: FormFile.Table, excluding exclusions: Label.Exclusions, path: String
  ) throws {
    if let rules = declared.rules { self.rules = rules }
    if let blocks = declared.blocks { self.blocks = blocks.map { FormBlock($0, excluding: exclusions) } }
    for replacement in declared.replaceRows ?? [] {
      guard
        let block = blocks.firstIndex(where: { block in block.rows.contains { replacement.rows.contains($0.key) } }),
        let first = blocks[block].rows.firstIndex(where: { replacement.rows.contains($0.key) }),
        blocks[block].rows[first...].prefix(replacement.rows.count).map(\.key) == replacement.rows
      else {
        throw RecordError(
          "schema.invalid",
          "\(path): table '\(key)' has no consecutive rows \(replacement.rows.joined(separator: ", "))")
      }
      blocks[block].rows.replaceSubrange(
        first..<(first + replacement.rows.count), with: replacement.with.map { FormRow($0, excluding: exclusions) })
    }
  }
}

extension FormBlock {
  init(_ file: FormFile.Block, excluding exclusions: Label.Exclusions = Label.Exclusions()) {
    key = file.key
    layout = file.layout ?? .rows
    columns = file.columns.map { column in
      FormColumn(
        key: column.key, group: column.group, labels: allLabels([column.label] + (column.also ?? []), exclusions),
        type: column.type ?? .count, units: column.units ?? [:])
    }
    rows = file.rows.map { FormRow($0, excluding: exclusions) }
    headings = (file.headings ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value.map { Label($0) }) }
    equations = (file.equations ?? []).map { equation in
      FormEquation(
        id: equation.id, severity: equation.severity ?? "error", each: equation.each, left: equation.left,
        right: equation.right, message: equation.message)
    }
  }

  /// No two rows or columns may have one key, nor two columns or neighbouring rows one label, nor two equations one id.
  private func validateNames(path: String) throws {
    let axes = [
      ("row", rows.map { ($0.key, $0.labels) }), ("column", columns.map { ($0.key, $0.labels) }),
    ]
    for (axis, entries) in axes {
      if let key = entries.map(\.0).firstRepeated {
        throw RecordError("schema.invalid", "\(path): the \(axis) '\(key)' is declared twice in block '\(self.key)'")
      }
      if let entry = entries.first(where: { $0.1.contains { $0.core.isEmpty } }) {
        throw RecordError("schema.invalid", "\(path): the \(axis) '\(entry.0)' has an empty label")
      }
      // Rows are also told apart by their order, where another stands between them.
      let compared = axis == "row" ? entries.indices.map { Array(entries[max(0, $0 - 1)...$0]) } : [entries]
      let labels = compared.lazy.map { $0.flatMap { key, labels in Set(labels.map(\.name)).map { ($0, key) } } }
      for labels in labels {
        guard let label = labels.map(\.0).firstRepeated else { continue }
        let keys = labels.filter { $0.0 == label }.map(\.1).joined(separator: "' and '")
        throw RecordError("schema.invalid", "\(path): the \(axis)s '\(keys)' have the same label")
      }
    }
    if let id = equations.map(\.id).firstRepeated {
      throw RecordError("schema.invalid", "\(path): two equations of block '\(key)' have the id '\(id)'")
    }
  }

  /// Every name in an equation must be a key or a group, and every group must be in an equation.
  fileprivate func validate(path: String) throws {
    try validateNames(path: path)
    for equation in equations {
      let known: [String] =
        equation.each == .row
        ? columns.flatMap { [$0.key, $0.group ?? $0.key] } : rows.flatMap { [$0.key, $0.group ?? $0.key] }
      if let name = (equation.left + equation.right).first(where: { !known.contains($0) }) {
        throw RecordError(
          "schema.invalid", "\(path): equation \(equation.id) names '\(name)', which is no key or group")
      }
      guard Severity(rawValue: equation.severity) != nil else {
        throw RecordError(
          "schema.invalid",
          "\(path): equation \(equation.id) has the severity '\(equation.severity)', which is not error, warning or info"
        )
      }
    }
    let used = Set(equations.flatMap { $0.left + $0.right } + headings.map(\.group))
    let groups = rows.compactMap(\.group) + columns.compactMap(\.group)
    if let group = groups.first(where: { !used.contains($0) }) {
      throw RecordError(
        "schema.invalid", "\(path): no equation uses the group '\(group)'" + didYouMean(group, among: used.sorted()))
    }
    if let heading = headings.first(where: { !groups.contains($0.group) }) {
      throw RecordError(
        "schema.invalid",
        "\(path): there is no group '\(heading.group)' for a heading"
          + didYouMean(heading.group, among: groups.sorted()))
    }
  }
}

extension FormRow {
  init(_ file: FormFile.Row, excluding exclusions: Label.Exclusions) {
    let texts = [file.label] + (file.also ?? [])
    var exclusions = exclusions
    exclusions.qualifiers = exclusions.qualifiers.ofRows
    self.init(
      key: file.key, group: file.group, labels: allLabels(texts, exclusions),
      ownFigures: texts.flatMap { $0.split { !$0.isDigit }.map { String($0) } })
  }
}

private func allLabels(_ texts: [String], _ exclusions: Label.Exclusions) -> [Label] {
  texts.map { Label($0, contrasts: exclusions.contrasts, qualifiers: exclusions.qualifiers) }
}

extension Label {
  fileprivate var name: String { String(String.UnicodeScalarView(core)) }
}

extension [String] {
  /// The first that stands there again.
  fileprivate var firstRepeated: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0).inserted }
  }
}
