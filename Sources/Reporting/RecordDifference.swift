import PipelineKit
public import DocumentModel

/// What is not the same in two records of one document.
public struct RecordDifference: Sendable {
  /// What the document is known by.
  public let key: String
  /// What may have caused it, of `input`, `stage_version`, `pipeline` (its options, files or stages) and `program`.
  public let causes: [String]
  let stages: [StageChange]
  let status: (before: String, after: String)
  let values: [ValueChange]
  let checks: [CheckChange]
  let lists: [ListChange]

  /// Repairs, unexplained figures or diagnostics that only one of the records has.
  struct ListChange: Sendable {
    var name: String
    var before: [String]
    var after: [String]
  }

  /// A value that is another, or has another state.
  struct ValueChange: Sendable {
    var pointer: String
    var before: JSONValue?
    var after: JSONValue?
    var states: (before: String?, after: String?)
    var raws: (before: String?, after: String?)
  }

  /// A check that came out otherwise.
  struct CheckChange: Sendable {
    var name: String
    var before: String?
    var after: String?
    var message: String
    /// Nil where one of the records does not have it, and where only the cause or the difference is another.
    var isBetter: Bool?
  }

  /// Compares two records.
  public init(from before: ReportedRecord, to after: ReportedRecord) {
    key = after.key
    status = (before.status, after.status)
    stages = StageChange.changes(from: before.stages, to: after.stages)
    let isOtherVersion = stages.contains(where: \.isOtherVersion)
    let isOtherPipeline = stages.contains(where: \.hasOtherSettings)
    let possible = [
      ("input", before.digest != after.digest), ("stage_version", isOtherVersion),
      // Of records that do not name their stages, and of the same ones in another order, there is no more to say.
      ("pipeline", isOtherPipeline || (before.fingerprint != after.fingerprint && !isOtherVersion)),
      ("program", before.program != after.program),
    ]
    causes = possible.filter(\.1).map(\.0)
    let isSameData =
      before.values == after.values && before.states == after.states && before.raws == after.raws
    values =
      isSameData
      ? []
      : Set(before.values.keys).union(after.values.keys).sorted().compactMap { pointer in
        let change = ValueChange(
          pointer: pointer, before: before.values[pointer], after: after.values[pointer],
          states: (before.states[pointer], after.states[pointer]), raws: (before.raws[pointer], after.raws[pointer]))
        let isSame = change.before == change.after && change.states.before == change.states.after
        return isSame && change.raws.before == change.raws.after ? nil : change
      }
    checks = Set(before.checks.keys).union(after.checks.keys).sorted().compactMap { name in
      let (then, now) = (before.checks[name], after.checks[name])
      guard then?.status != now?.status || then?.cause != now?.cause || then?.difference != now?.difference else {
        return nil
      }
      var isBetter: Bool?
      if let then, let now, then.rank != now.rank { isBetter = now.rank < then.rank }
      return CheckChange(
        name: name, before: then?.inWords, after: now?.inWords, message: now?.message ?? then?.message ?? "",
        isBetter: isBetter)
    }
    lists = Set(before.lists.keys).union(after.lists.keys).sorted().compactMap { name in
      let (then, now) = (before.lists[name] ?? [], after.lists[name] ?? [])
      guard then != now else { return nil }
      return ListChange(name: name, before: then.filter { !now.contains($0) }, after: now.filter { !then.contains($0) })
    }
  }

  /// Whether the records say the same; other causes alone are no difference.
  public var isEmpty: Bool { values.isEmpty && checks.isEmpty && lists.isEmpty && status.before == status.after }

  /// As an object.
  public var json: JSONValue {
    [
      "format": "gouji.diff/1", "document": .string(key), "causes": .array(causes.map { .string($0) }),
      "stages": .array(stages.map(\.json)),
      "status": ["before": .string(status.before), "after": .string(status.after)],
      "values": .array(
        values.map {
          [
            "pointer": .string($0.pointer), "before": $0.before ?? .null, "after": $0.after ?? .null,
            "state_before": .string(orNull: $0.states.before), "state_after": .string(orNull: $0.states.after),
            "raw_before": .string(orNull: $0.raws.before), "raw_after": .string(orNull: $0.raws.after),
          ]
        }),
      "checks": .array(
        checks.map {
          [
            "check": .string($0.name), "before": .string(orNull: $0.before), "after": .string(orNull: $0.after),
            "better": $0.isBetter.map { .bool($0) } ?? .null, "message": .string($0.message),
          ]
        }),
      "lists": .array(
        lists.map {
          [
            "list": .string($0.name), "only_before": .array($0.before.map { .string($0) }),
            "only_after": .array($0.after.map { .string($0) }),
          ]
        }),
    ]
  }

  /// In lines for a person.
  public var text: String {
    let named = causes.map { $0.replacing("_", with: " ") }.joined(separator: ", ")
    let origin = causes.isEmpty ? "the same input, pipeline and program" : "other \(named)"
    var lines = ["\(key): \(origin)"] + stages.map { "  \($0.text)" }
    if status.before != status.after { lines.append("  status: \(status.before) -> \(status.after)") }
    lines += values.map { change in
      let isRaw = change.before == change.after && change.raws.before != change.raws.after
      let before = side(change.before, change.states.before, isRaw ? change.raws.before : nil)
      let after = side(change.after, change.states.after, isRaw ? change.raws.after : nil)
      return "  \(change.pointer): \(before) -> \(after)"
    }
    lines += checks.map { change in
      let judgement = change.isBetter.map { $0 ? "better" : "worse" } ?? "neither better nor worse"
      return
        "  check \(change.name): \(change.before ?? "-") -> \(change.after ?? "-") (\(judgement)): \(change.message)"
    }
    lines += lists.flatMap { change in
      let both = change.before.map { "- \($0)" } + change.after.map { "+ \($0)" }
      return both.isEmpty ? ["  \(change.name): in another order"] : both.map { "  \(change.name) \($0.prefix(300))" }
    }
    return lines.joined(separator: "\n")
  }

  private func side(_ value: JSONValue?, _ state: String?, _ raw: String?) -> String {
    let value = value?.inOneLine ?? "nothing"
    let short = value.count > 80 ? value.prefix(77) + "…" : value[...]
    let printed = raw.map { ", printed \(JSONValue.string($0).inOneLine)" } ?? ""
    return state.map { "\(short) (\($0)\(printed))" } ?? String(short)
  }
}

/// What is not the same in two files of records; its size does not grow with their number.
public struct DifferenceSummary: Sendable {
  /// Records that say the same.
  public var equal = 0
  /// Records that do not.
  public var different = 0
  /// Records of which the other file has none.
  public var onlyBefore = 0, onlyAfter = 0
  private var better = 0, worse = 0
  private var causes: [String: Int] = [:]
  /// What was another with stages, of the first pipelines that differ.
  private var stages: [String: Int] = [:]
  private var pointers: [String: Int] = [:]
  private var otherPointers = 0
  /// How many pointers are counted; lists of tables have ever new ones.
  private static let mostPointers = 10_000
  private static let mostStages = 100

  private static let noCause = "none known"

  /// Nothing yet.
  public init() {}

  /// Whether both files say the same.
  public var isEmpty: Bool { different + onlyBefore + onlyAfter == 0 }

  /// Counts a pair.
  public mutating func add(_ difference: RecordDifference) {
    guard !difference.isEmpty else {
      equal += 1
      return
    }
    different += 1
    better += difference.checks.count { $0.isBetter == true }
    worse += difference.checks.count { $0.isBetter == false }
    for cause in difference.causes.isEmpty ? [Self.noCause] : difference.causes { causes[cause, default: 0] += 1 }
    for change in difference.stages where stages[change.text] != nil || stages.count < Self.mostStages {
      stages[change.text, default: 0] += 1
    }
    for change in difference.values {
      if pointers[change.pointer] != nil || pointers.count < Self.mostPointers {
        pointers[change.pointer, default: 0] += 1
      } else {
        otherPointers += 1
      }
    }
  }

  private var ranked: [(key: String, value: Int)] {
    pointers.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  }

  /// As an object.
  public var json: JSONValue {
    let counts = { (pairs: [(key: String, value: Int)]) in
      JSONValue.object(pairs.map { .init($0.key, .integer($0.value)) })
    }
    return [
      "format": "gouji.diff/1",
      "summary": [
        "equal": .integer(equal), "different": .integer(different), "only_before": .integer(onlyBefore),
        "only_after": .integer(onlyAfter), "checks_better": .integer(better), "checks_worse": .integer(worse),
        "causes": counts(causes.sorted { $0.key < $1.key }),
        "stages": counts(stages.sorted { $0.key < $1.key }), "pointers": counts(ranked),
        "other_pointers": .integer(otherPointers),
      ],
    ]
  }

  /// In lines for a person.
  public var text: String {
    var lines = [
      "records: \(equal) the same, \(different) different, \(onlyBefore) only in the first, \(onlyAfter) only in the second"
    ]
    guard different > 0 else { return lines[0] }
    lines.append("checks: \(better) better, \(worse) worse")
    lines += causes.sorted { $0.key < $1.key }.map { cause, count in
      cause == Self.noCause ? "  no cause known: \(count)" : "  other \(cause.replacing("_", with: " ")): \(count)"
    }
    lines += stages.sorted { $0.key < $1.key }.map { "    \($0.key): \($0.value)" }
    let shown = ranked.prefix(20)
    if !shown.isEmpty { lines.append("values, the most often different first:") }
    lines += shown.map { "  \($0.value) \($0.key)" }
    let rest = pointers.count - shown.count + otherPointers
    if rest > 0 { lines.append("  … and \(rest) more") }
    return lines.joined(separator: "\n")
  }
}

extension ReportedRecord.CheckState {
  /// The status, and whose error a failure is.
  fileprivate var inWords: String { cause.map { "\(status), \($0)" } ?? status }
}
