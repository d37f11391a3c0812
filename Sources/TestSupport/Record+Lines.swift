public import DocumentModel
import PipelineKit

extension Document {
  /// The record as lines that a person can read and compare.
  ///
  /// A table has one line a row. A figure is followed by a mark for its state, unless it is printed as it stands; a null
  /// is a sign for its state alone.
  public var recordLines: String {
    guard let record else { return "no record\n" }
    var lines = [
      "# 7~ converted  7= derived  7> repaired  7! corrected  7? uncertain",
      "# _ blank  / slash  - dash  “…” text  x missing  #…# unreadable  ?? ambiguous",
      "status \(record.status.rawValue)",
    ]
    lines += record.fields.filter { $0.keys.count < 3 && !$0.isFact }.flatMap(\.lines)
    lines += record.tableLines
    lines += record.factLines
    lines += ["", "checks"] + record.checkLines
    lines += section("repairs", record.repairs.map(\.line))
    lines += section("unexplained", record.unexplainedLines)
    lines += section("diagnostics", diagnostics.map { "  \($0.code) \($0.severity.rawValue)" })
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ name: String, _ lines: [String]) -> [String] { lines.isEmpty ? [] : ["", name] + lines }
}

extension Record {
  /// The figures that no field uses, in one line with their number.
  fileprivate var unexplainedLines: [String] {
    unexplained.isEmpty ? [] : ["  \(unexplained.count): " + unexplained.map(\.raw).joined(separator: "  ")]
  }

  /// `/table/row` with its figures; the columns are named where they change.
  fileprivate var tableLines: [String] {
    var lines: [String] = []
    var rows: [(name: String, fields: [Field])] = []
    for field in fields where field.keys.count == 3 && !field.isFact {
      let name = field.keys.dropLast().joined(separator: "/")
      if rows.last?.name != name { rows.append((name, [])) }
      rows[rows.count - 1].fields.append(field)
    }
    let width = rows.map(\.name.count).max() ?? 0
    var columns: [Substring] = []
    for row in rows {
      let own = row.fields.compactMap(\.keys.last)
      if own != columns { lines += ["", "# " + own.joined(separator: " ")] }
      columns = own
      let padding = String(repeating: " ", count: width - row.name.count)
      let figures = row.fields.map { field in
        String(repeating: " ", count: max(0, 5 - field.figure.count)) + field.figure
      }
      lines.append(row.name + padding + " " + figures.joined(separator: " "))
    }
    return lines
  }

  /// Facts of the text with their units and quotes; the keys of those that it does not state in one line.
  fileprivate var factLines: [String] {
    let facts = fields.filter { $0.isFact && $0.keys.count == 3 }
    guard !facts.isEmpty else { return [] }
    var lines = ["", "# fact, section, quote"]
    for field in facts where field.provenance?.state != .missing {
      let key = "/" + field.keys.dropLast().joined(separator: "/")
      func member(_ name: String) -> String? { value(at: "\(key)/\(name)")?.plain }
      let unit = [member("unit"), member("approximate") == "true" ? "approximate" : nil].compactMap { $0 }
      lines.append(
        "\(key) \(field.figure) \(unit.joined(separator: " ")) §\(member("section") ?? "") \(member("quote") ?? "")")
    }
    let silent = facts.filter { $0.provenance?.state == .missing }.map { String($0.keys[1]) }
    return lines + ["not stated: " + silent.joined(separator: " ")]
  }

  /// How many came out how, and each that did not pass.
  fileprivate var checkLines: [String] {
    let all: [Check.Status] = [.pass, .fail, .uncertain, .notAssessable]
    let counts = all.map { status in "\(checks.count { $0.status == status }) \(status.rawValue)" }
    return ["  " + counts.joined(separator: ", ")]
      + checks.filter { $0.status == .fail || $0.status == .uncertain }.map { check in
        let sides = [check.left, check.right].map(\.plain).joined(separator: " against ")
        let cause = check.cause.map { ", cause \($0.rawValue)" } ?? ""
        return "  \(check.id) \(check.instance): \(check.status.rawValue) (\(check.severity.rawValue)\(cause)) \(sides)"
          + check.pointerLines.map { "\n    \($0)" }.joined()
      }
  }
}

extension Check {
  /// A row's pointers one by one; of a longer list its ends.
  fileprivate var pointerLines: [String] {
    guard pointers.count > 8, let first = pointers.first, let last = pointers.last else { return pointers }
    return ["\(first) … \(last) (\(pointers.count))"]
  }
}

extension Repair {
  fileprivate var line: String {
    "  \(operation) \(from.map { "from \($0) " } ?? "")to \(path): \(before.plain) becomes \(after.plain)"
  }
}

extension Field {
  fileprivate var keys: [Substring] { pointer.split(separator: "/") }
  fileprivate var isFact: Bool { keys.first == "facts" }

  /// The value on one line, lists an element a line.
  fileprivate var lines: [String] {
    switch value {
    case .array(let elements):
      [pointer]
        + elements.map { element in
          guard let heading = element["heading"], let text = element["text"] else { return "  \(element.plain)" }
          return "  \(element["number"]?.plain ?? "null") \(heading.plain) (\(text.plain.count) characters)"
        }
    default: ["\(pointer) \(provenance == nil ? value.plain : figure)"]
    }
  }

  /// The value with the mark of its state.
  fileprivate var figure: String {
    guard let provenance else { return value.plain + " without a state" }
    let raw = provenance.raw ?? ""
    guard value == .null else { return value.plain + provenance.state.mark }
    return switch provenance.state {
    case .blank: "_"
    case .slash: "/"
    case .dash: "-"
    case .text: "“\(raw)”"
    case .missing: "x"
    case .unreadable: "#\(raw)#"
    case .ambiguous: "??"
    case .printed, .converted, .derived, .repaired, .corrected, .uncertain: "null as \(provenance.state.rawValue)"
    }
  }
}

extension ValueState {
  /// What stands behind a figure in this state.
  fileprivate var mark: String {
    switch self {
    case .printed: ""
    case .converted: "~"
    case .derived: "="
    case .repaired: ">"
    case .corrected: "!"
    case .uncertain: "?"
    case .blank, .slash, .dash, .text, .missing, .unreadable, .ambiguous: " as \(rawValue)"
    }
  }
}

extension JSONValue {
  /// JSON on one line; a string without its quotes.
  fileprivate var plain: String {
    if case .string(let text) = self { text } else { inOneLine }
  }
}
