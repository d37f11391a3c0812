import DocumentModel
import FoundationEssentials
import PipelineKit

extension Read {
  /// Reads a page of HTML into lines and tables.
  func readHTML(_ bytes: Data, into document: inout Document, of content: SourceContent) throws {
    let name = content.uri
    guard bytes.count <= options.markupLimit else {
      throw ReadingError("limit.output", "\(name) is a page of more than \(options.markupLimit) bytes")
    }
    let (parser, encodingDiagnostics) = parsed(bytes, of: content)
    guard !parser.isTooLarge else {
      throw ReadingError("limit.output", "\(name) has more elements, texts or attributes than are read")
    }
    let particulars = Particulars(options.particulars, leftOut: options.leftOut)
    let outline = HTMLOutline(parser, particulars: particulars)
    guard outline.cells <= options.markupCellLimit else {
      throw ReadingError("limit.output", "\(name) has tables of more than \(options.markupCellLimit) cells")
    }
    let reader = HTMLReader(parser, outline: outline, particulars: particulars)
    guard reader.lines.count <= options.markupLineLimit else {
      throw ReadingError("limit.output", "\(name) is a page of more than \(options.markupLineLimit) lines")
    }
    document.lines = reader.lines
    document.tables = reader.tables
    document.diagnostics += encodingDiagnostics + reader.remarks.diagnostics
    if reader.lines.isEmpty {
      document.diagnostics.append(Diagnostic("html.no_text", .error, "the page shows no text"))
    }
    if let wide = Self.tooWide(reader.tooWide) { document.diagnostics.append(wide) }
    if !reader.attachments.isEmpty {
      let names = reader.attachments.prefix(20).map(\.name).joined(separator: "; ")
      document.diagnostics.append(
        Diagnostic(
          "html.attachments", .info,
          "the page links to \(reader.attachments.count) files, which are not read: \(names)",
          places: reader.attachments.prefix(20).map(\.place)))
    }
  }

  /// The tree of a page, and what is odd about its encoding; its decoded text is not kept.
  private func parsed(_ bytes: Data, of content: SourceContent) -> (HTMLParser, [Diagnostic]) {
    var text = DecodedText(bytes, declared: DeclaredCharset(of: bytes, from: content.charset).name)
    return (text.withUTF8 { HTMLParser($0, mostNodes: options.markupNodeLimit) }, text.diagnostics)
  }
}
