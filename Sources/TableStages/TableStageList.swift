public import PipelineKit

/// The stages of this module.
public enum TableStageList {
  /// Every one of them, in the order in which a pipeline uses them.
  public static let all: [any Stage.Type] = [
    ReadRuledTables.self, ReadAlignedTables.self, ReadFigureTables.self, TrimTables.self,
    JoinTablesAcrossPages.self,
    ReadTextTables.self, ReadLegends.self, CheckTables.self,
  ]
}
