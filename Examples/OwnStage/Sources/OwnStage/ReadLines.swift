import DocumentModel
import PipelineKit

/// Reads a text into lines: the first stage of a pipeline looks at the bytes of the source.
struct ReadLines: Stage {
  static let contract = StageContract(
    "example.lines", version: 1, summary: "Reads a text in UTF-8 into lines", reads: [], writes: [.lines],
    readsSource: true)

  /// A stage without options.
  init(options: NoOptions) {}

  func run(_ document: inout Document, in context: StageContext) async throws {
    document.source.mediaType = "text/plain"
    let lines = String(decoding: context.content.bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    document.lines = lines.enumerated().map { index, text in
      Line(PrintedText(String(text)), place: .line(index + 1, columns: 1...max(1, text.unicodeScalars.count)))
    }
  }
}
