public import DocumentModel
public import PipelineKit
public struct JoinOptions: StageOptions { public init() {} }
public struct JoinTablesAcrossPages: Stage {
  public static let contract = StageContract(
    "table.join", version: 1, summary: "x", reads: [.pages, .tables], mayRead: [.lines], writes: [.tables])
  public init(options: JoinOptions) {}
  public func run(_ document: inout Document, in context: StageContext) async throws {}
}
