import DocumentModel
import Foundation
import PipelineKit
import TestSupport

/// One case of a pipeline's `tests.yaml`: a document in a few lines, and what has to come out.
struct PipelineCase: Sendable, CustomStringConvertible {
  var pipeline: String
  var name: String
  var text: String
  var values: [(pointer: String, value: JSONValue)] = []
  var states: [(pointer: String, state: String)] = []
  var checks: [(rule: String, status: String)] = []
  /// Checks, an id and an instance, that are not there at all.
  var unchecked: [String] = []
  var status: String?
  var diagnostics: [String] = []
  var unexplained: [String]?
  var tables: [String]?
  /// Why the case does not hold yet; a case that begins to hold has to lose this.
  var fails: String?

  var description: String { "\(pipeline): \(name)" }

  /// Something in a `tests.yaml` that is no case.
  struct Fault: Error, CustomStringConvertible {
    var description: String
  }

  /// The cases of the pipeline `name`, in the order of its file.
  static func cases(of pipeline: String) throws -> [PipelineCase] {
    let file = Checkout.root.appending(path: "Pipelines/\(pipeline)/tests.yaml")
    guard let cases = try YAMLNode(yaml: try Data(contentsOf: file))?["cases"]?.sequence else {
      throw Fault(description: "\(file.path) has no 'cases'")
    }
    return try cases.map { try PipelineCase($0, of: pipeline) }
  }

  private init(_ node: YAMLNode, of pipeline: String) throws {
    func words(_ node: YAMLNode) -> [String] { node.sequence?.compactMap(\.string) ?? [node.string ?? ""] }
    func pairs(_ node: YAMLNode) -> [(String, String)] {
      (node.mapping ?? []).map { ($0.key.string ?? "", $0.value.string ?? "") }
    }
    self.pipeline = pipeline
    name = node["name"]?.string ?? ""
    text = (node["text"].map(words) ?? []).joined(separator: "\n")
    for (key, value) in node.mapping ?? [] {
      switch key.string {
      case "name", "text": continue
      case "expect": values = (value.mapping ?? []).map { ($0.key.string ?? "", JSONValue($0.value)) }
      case "states": states = pairs(value)
      case "checks": checks = pairs(value)
      case "unchecked": unchecked = words(value)
      case "status": status = value.string
      case "diagnostics": diagnostics = words(value)
      case "unexplained": unexplained = words(value)
      case "tables": tables = words(value)
      case "fails": fails = value.string
      default: throw Fault(description: "line \(key.line): unknown key '\(key.string ?? "")'")
      }
    }
    if name.isEmpty || text.isEmpty {
      throw Fault(description: "line \(node.line): a case needs a 'name' and a 'text'")
    }
  }
}

extension PipelineCase {
  /// One line for everything that did not come out as it has to.
  func faults(of document: Document) -> [String] {
    let record = document.record
    var faults: [String] = []
    func expect(_ what: String, _ have: String?, _ wanted: String) {
      if have != wanted { faults.append("\(what) is \(have ?? "not there"), expected \(wanted)") }
    }
    for (pointer, value) in values {
      expect(pointer, record?.value(at: pointer).map { "\($0)" }, "\(value)")
    }
    for (pointer, state) in states {
      let field = record?.fields.first { $0.pointer == pointer }
      expect("state of \(pointer)", field?.provenance?.state.rawValue, state)
    }
    if let status { expect("status", record?.status.rawValue, status) }
    for code in diagnostics where !document.diagnostics.contains(where: { $0.code == code }) {
      faults.append("there is no diagnostic \(code)")
    }
    if let unexplained {
      expect("unexplained", record.map { "\($0.unexplained.map(\.raw))" }, "\(unexplained)")
    }
    for rule in unchecked where record?.checks.contains(where: { "\($0.id) \($0.instance)" == rule }) == true {
      faults.append("there is a check \(rule)")
    }
    for (rule, status) in checks { faults += checkFaults(record, rule, status) }
    if let tables {
      let have = (document.tables ?? []).map(\.drawing)
      expect("tables", "\n" + have.joined(separator: "\n"), "\n" + tables.joined(separator: "\n"))
    }
    return faults
  }

  private func checkFaults(_ record: Record?, _ rule: String, _ status: String) -> [String] {
    let words = rule.split(separator: " ", maxSplits: 1).map { String($0) }
    let meant = (record?.checks ?? []).filter { check in
      check.id == words.first && (words.count == 1 || check.instance == words[1])
    }
    if meant.isEmpty { return ["there is no check \(rule)"] }
    return meant.filter { $0.status.rawValue != status }.map { check in
      "check \(check.id) \(check.instance) is \(check.status.rawValue), expected \(status)"
    }
  }
}

extension JSONValue {
  /// A value in YAML; what is quoted is a string.
  fileprivate init(_ node: YAMLNode) {
    switch node.plain {
    case nil: self = .string(node.string ?? "")
    case "", "~", "null": self = .null
    case "true", "false": self = .bool(node.plain == "true")
    case let text?: self = Int(text).map { .integer($0) } ?? .string(text)
    }
  }
}
