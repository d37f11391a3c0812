import DocumentModel
import FoundationEssentials

extension Read {
  /// Reads a Word file into lines and tables.
  func readDOCX(_ bytes: Data, into document: inout Document, named name: String) throws {
    let package = try DOCXPackage(bytes, partLimit: options.markupLimit, named: name)
    let parser = XMLTreeParser(package.document, mostNodes: options.markupNodeLimit)
    guard !parser.hasDocumentType else {
      throw ReadingError("docx.damaged", "\(name) declares a document type, which no Word file does")
    }
    guard !parser.isTooLarge else {
      throw ReadingError("limit.output", "\(name) has more than \(options.markupNodeLimit) elements and texts")
    }
    let numbering = DOCXNumbering(
      numbering: package.numbering, styles: package.styles, mostNodes: options.markupNodeLimit)
    let reader = DOCXReader(parser, numbering: numbering)
    let isDamaged = package.isDamaged || parser.isDamaged
    guard !isDamaged || !reader.lines.isEmpty else {
      throw ReadingError("docx.damaged", "\(name): the part with the text is damaged beyond repair")
    }
    guard reader.lines.count <= options.markupLineLimit else {
      throw ReadingError("limit.output", "\(name) has more than \(options.markupLineLimit) lines")
    }
    document.lines = reader.lines
    document.tables = reader.tables
    if isDamaged {
      document.diagnostics.append(
        Diagnostic("docx.damaged", .warning, "the file ends before its end, or is damaged; parts may be missing"))
    }
    if reader.lines.isEmpty {
      document.diagnostics.append(Diagnostic("docx.no_text", .error, "the file has no text"))
    }
    if let wide = Self.tooWide(reader.tooWide) { document.diagnostics.append(wide) }
  }

  /// What is said of tables that are wider than a grid may be.
  static func tooWide(_ places: [Place]) -> Diagnostic? {
    guard !places.isEmpty else { return nil }
    return Diagnostic(
      "table.grid_too_large", .warning,
      "\(places.count) tables have more than \(MarkupGrid.mostColumns) columns; their text is read as lines",
      places: Array(places.prefix(20)))
  }
}
