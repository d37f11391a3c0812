public import DocumentModel
public import PipelineKit
public struct ReadTextTables: Stage {
  public static let contract = StageContract(
    "table.text", version: 1, summary: "x", reads: [.lines], mayRead: [.pages, .tables], writes: [.tables])
  public init(options: NoOptions) {}
  public func run(_ document: inout Document, in context: StageContext) async throws {}
}
