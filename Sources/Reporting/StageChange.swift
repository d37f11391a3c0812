import DocumentModel
import PipelineKit

/// What is another with a stage in the pipelines that made two records.
struct StageChange: Hashable, Sendable {
  var id: String
  var before: ReportedRecord.StageState?
  var after: ReportedRecord.StageState?

  /// The stages that are not the same, by their ids; none where one of the records does not name its stages.
  static func changes(
    from before: [String: ReportedRecord.StageState], to after: [String: ReportedRecord.StageState]
  ) -> [StageChange] {
    guard !before.isEmpty, !after.isEmpty else { return [] }
    return Set(before.keys).union(after.keys).sorted().compactMap { id in
      before[id] == after[id] ? nil : StageChange(id: id, before: before[id], after: after[id])
    }
  }

  /// Whether the stage itself is another.
  var isOtherVersion: Bool { before != nil && after != nil && before?.version != after?.version }

  /// Whether what the pipeline says of the stage is another: its options, their files, or that there is one at all.
  var hasOtherSettings: Bool { before?.settings != after?.settings }

  var text: String {
    guard let before else { return "stage \(id): only in the second" }
    guard let after else { return "stage \(id): only in the first" }
    let parts =
      (isOtherVersion ? ["version \(before.version) -> \(after.version)"] : [])
      + (hasOtherSettings ? ["other options or files"] : [])
    return "stage \(id): \(parts.joined(separator: ", "))"
  }

  var json: JSONValue {
    [
      "stage": .string(id), "version_before": before.map { .integer($0.version) } ?? .null,
      "version_after": after.map { .integer($0.version) } ?? .null, "other_settings": .bool(hasOtherSettings),
    ]
  }
}
