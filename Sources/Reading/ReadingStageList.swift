public import PipelineKit

/// The stages of this room.
public enum ReadingStageList {
  /// All of them, for the registry.
  public static let all: [any Stage.Type] = [Read.self, RecogniseScans.self]
}
