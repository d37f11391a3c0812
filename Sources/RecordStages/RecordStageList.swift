public import PipelineKit

/// The stages of this room.
public enum RecordStageList {
  /// All of them.
  public static let all: [any Stage.Type] = [
    MapRecord.self, FindFacts.self, ReconcileRecord.self, CorrectRecord.self, CheckRecord.self,
  ]
}
