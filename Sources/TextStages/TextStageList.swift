public import PipelineKit

/// The stages of this module.
public enum TextStageList {
  /// For a registry; in the order in which a pipeline would use them.
  public static let all: [any Stage.Type] = [
    GroupGlyphsIntoLines.self, MarkRunningLines.self, NormaliseText.self, JoinLinesIntoBlocks.self,
  ]
}
