import PipelineKit
public import DocumentModel

/// A record, or the tables of a document, as read from its JSON: what of it is compared.
public struct ReportedRecord: Sendable {
  /// What it is known by: the address of the document, and where it lies in an archive.
  public let key: String
  let digest: String
  let fingerprint: String
  /// By id: the version of each stage, and a digest of its settings; nothing in records of programs that did not say so.
  let stages: [String: StageState]
  let program: String
  let status: String
  /// The values that hold no others, by their pointers.
  let values: [String: JSONValue]
  let states: [String: String]
  /// As printed, by their pointers.
  let raws: [String: String]
  /// The lists of what is no value and no check, each in one line.
  let lists: [String: [String]]
  let checks: [String: CheckState]

  /// What a stage was.
  struct StageState: Hashable, Sendable {
    var version: Int
    var settings: String
  }

  /// What came out of a check.
  struct CheckState: Hashable, Sendable {
    var status: String
    var cause: String?
    var difference: JSONValue
    var message: String

    /// Smaller is better.
    var rank: Int { ["pass", "not_assessable", "uncertain", "fail"].firstIndex(of: status) ?? 2 }
  }

  /// Reads `gouji.record/1` and `gouji.tables/1`; `nil` for anything else.
  public init?(_ json: JSONValue) {
    guard let format = json["format"]?.text, ["gouji.record/1", "gouji.tables/1"].contains(format) else { return nil }
    let source = json["source"] ?? .null
    key = (source["uri"]?.text ?? "") + (source["member"].flatMap { $0 == .null ? nil : "#" + $0.inOneLine } ?? "")
    digest = source["sha256"]?.text ?? ""
    fingerprint = json["pipeline"]?["fingerprint"]?.text ?? ""
    var stages: [String: StageState] = [:]
    if case .object(let members)? = json["pipeline"]?["stages"] {
      for member in members {
        guard case .integer(let version)? = member.value["version"] else { continue }
        stages[member.key] = StageState(version: version, settings: member.value["settings"]?.text ?? "")
      }
    }
    self.stages = stages
    program = json["generator"]?.inOneLine ?? ""
    status = json["status"]?.text ?? ""
    var values: [String: JSONValue] = [:]
    (json["data"] ?? .null).forEachLeaf { values[$0] = $1 }
    (json["tables"] ?? .null).forEachLeaf(under: "/tables") { values[$0] = $1 }
    self.values = values
    var states: [String: String] = [:]
    var raws: [String: String] = [:]
    if case .object(let members)? = json["provenance"] {
      for member in members {
        states[member.key] = member.value["state"]?.text
        raws[member.key] = member.value["raw"]?.text
      }
    }
    self.states = states
    self.raws = raws
    var lists: [String: [String]] = [:]
    for name in ["repairs", "unexplained", "diagnostics"] {
      if case .array(let elements)? = json[name] { lists[name] = elements.map(\.inOneLine) }
    }
    self.lists = lists
    var checks: [String: CheckState] = [:]
    if case .array(let elements)? = json["checks"] {
      for check in elements {
        let plain = "\(check["id"]?.text ?? "") \(check["instance"]?.text ?? "")"
        var (name, times) = (plain, 1)
        while checks[name] != nil {
          times += 1
          name = "\(plain) (\(times))"
        }
        checks[name] = CheckState(
          status: check["status"]?.text ?? "", cause: check["cause"]?.text, difference: check["difference"] ?? .null,
          message: check["message"]?.text ?? "")
      }
    }
    self.checks = checks
  }
}
