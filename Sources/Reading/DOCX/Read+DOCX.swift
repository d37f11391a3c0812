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
    let outline = DOCXOutline(parser)
    guard outline.cells <= options.markupCellLimit else {
      throw ReadingError("limit.output", "\(name) has tables of more than \(options.markupCellLimit) cells")
    }
    func part(_ bytes: [UInt8]) -> XMLTreeParser? {
      bytes.isEmpty ? nil : XMLTreeParser(bytes, mostNodes: options.markupNodeLimit)
    }
    let (styles, lists) = (part(package.styles), part(package.numbering))
    guard styles?.isRefused != true, lists?.isRefused != true else {
      throw ReadingError("docx.damaged", "\(name): the part of styles or of lists is no such part")
    }
    let reader = DOCXReader(
      parser, outline: outline, numbering: DOCXNumbering(numbering: lists, styles: styles),
      styles: DOCXTextStyles(styles))
    let isDamaged = package.isDamaged || parser.isDamaged
    guard !isDamaged || !reader.lines.isEmpty else {
      throw ReadingError("docx.damaged", "\(name): the part with the text is damaged beyond repair")
    }
    guard reader.lines.count <= options.markupLineLimit else {
      throw ReadingError("limit.output", "\(name) has more than \(options.markupLineLimit) lines")
    }
    document.lines = reader.lines
    document.tables = reader.tables
    document.diagnostics += reader.remarks.diagnostics
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
