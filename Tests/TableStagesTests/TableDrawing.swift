import DocumentModel
import Foundation
import Logging
import PipelineKit
import TableStages
import TestSupport

/// What `stages` make of a document.
func run(_ stages: any Stage..., on document: Document) async throws -> Document {
  var document = document
  let content = SourceContent(uri: "test", bytes: Data())
  for stage in stages {
    try await stage.run(&document, in: StageContext(stage: "test", content: content, logger: Logger(label: "test")))
  }
  return document
}

/// Blanks as wide as between the words of a line in place of `~`.
func narrowBlanks(_ page: inout Page) {
  for index in page.glyphs.indices.reversed() where page.glyphs[index].scalar == "~" {
    page.glyphs.remove(at: index)
    page.glyphs[index - 1].box.x1 += 8.5
  }
}

/// A document of drawn pages.
func document(_ drawings: String...) -> Document {
  var document = Document(source: Source(uri: "test"))
  document.pages = drawings.enumerated().map { PageSketch($1, number: $0 + 1).page }
  return document
}

/// A document of plain text.
func document(lines: String) -> Document {
  var document = Document(source: Source(uri: "test"))
  document.lines = lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
    Line(PrintedText(String(line)), place: .line(index + 1, columns: 1...max(1, line.unicodeScalars.count)))
  }
  return document
}

/// The ruled tables of drawn pages.
func ruledTables(_ drawing: String) async throws -> [Table] {
  try await run(ReadRuledTables(options: .init()), on: document(drawing)).tables ?? []
}

/// The same after joining.
func joinedTables(_ drawings: String..., options: JoinOptions = .init()) async throws -> [Table] {
  var pages = Document(source: Source(uri: "test"))
  pages.pages = drawings.enumerated().map { PageSketch($1, number: $0 + 1).page }
  return try await run(
    ReadRuledTables(options: .init()), JoinTablesAcrossPages(options: options), on: pages
  ).tables ?? []
}

extension Table {
  /// A line for each row: cells parted by `|`, with their spans where they have any, `^` before header cells.
  var drawing: String {
    (0..<rows).map { row in
      cells.filter { $0.row == row }.map { cell in
        let span = cell.rowSpan > 1 || cell.columnSpan > 1 ? "[\(cell.rowSpan)x\(cell.columnSpan)]" : ""
        return (cell.isHeader ? "^" : "") + cell.text.raw + span
      }.joined(separator: "|")
    }.joined(separator: "\n")
  }
}
