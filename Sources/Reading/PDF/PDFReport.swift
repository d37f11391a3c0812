import DocumentModel
import PipelineKit

/// Reads the pages of a PDF and gathers what is odd about them.
struct PDFReport {
  private var wasRepaired: Bool
  private let glyphLimit: Int
  private var drawnCount = 0
  private var unreadable: [Int] = []
  /// How many pages there are, where more were asked for.
  private var pageCount: Int?
  private var unmapped: [Place] = []
  private var cut: [Place] = []
  private var slanted: [Place] = []
  private var slantedCount = 0
  private var hidden: [Place] = []
  private var struck: (count: Int, places: [Place]) = (0, [])
  private var white: (count: Int, places: [Place]) = (0, [])
  private var noted: [Place] = []
  private var noteCount = 0
  private var contents = PDFContents()
  private var glyphCount = 0
  private var mappedCount = 0
  private var imageCount = 0
  private var readCount = 0

  /// Starts a report; `wasRepaired` where the file was mended before Poppler saw it. All pages together may show
  /// `glyphLimit` glyphs.
  init(wasRepaired: Bool, glyphLimit: Int) {
    self.wasRepaired = wasRepaired
    self.glyphLimit = glyphLimit
  }

  /// The selected pages that can be read, in the order of the file.
  ///
  /// - Parameter begins: is told the number of each page before it is read.
  /// - Throws: ``ReadingError`` when none of them can, or with code `limit.output`.
  mutating func pages(
    of file: borrowing some PagedDocument & ~Copyable, selection: PageSelection?, begins: (Int) throws -> Void
  ) throws -> [Page] {
    var pages: [Page] = []
    if selection?.exceeds(file.pageCount) == true { pageCount = file.pageCount }
    for number in 1...file.pageCount where selection?.contains(number) ?? true {
      try Task.checkCancellation()
      try begins(number)
      guard let reading = try file.page(number) else {
        unreadable.append(number)
        continue
      }
      drawnCount += reading.page.glyphs.count
      guard drawnCount <= glyphLimit else { throw ReadingError.tooManyGlyphs(untilPage: number, limit: glyphLimit) }
      note(reading)
      var page = reading.page
      if page.hasHiddenLayer {
        page.showHiddenLayer()
        hidden.append(page.place)
      }
      let lines = page.hideStruckText()
      if lines > 0 { struck = (struck.count + lines, struck.places + [page.place]) }
      pages.append(page)
    }
    wasRepaired = wasRepaired || file.wasRepaired
    contents = file.contents
    if pages.isEmpty, unreadable.isEmpty {
      throw ReadingError("input.no_pages", "none of the \(file.pageCount) pages of the PDF is selected")
    }
    if pages.isEmpty {
      throw ReadingError("pdf.damaged", "the PDF is damaged: none of its pages can be read")
    }
    return pages
  }

  private mutating func note(_ reading: PageReading) {
    let page = reading.page
    let place = page.place
    let inked = page.glyphs.count {
      $0.scalar.value > 0x20 && ($0.scalar.isASCII || !$0.scalar.properties.isWhitespace)
    }
    let lost = page.glyphs.count { $0.scalar == "\u{FFFD}" }
    readCount += 1
    glyphCount += inked
    mappedCount += inked - lost
    imageCount += page.images.count
    // One unmapped glyph in ten is more than bullets and ornaments.
    if reading.unmappedFonts > 0 || (lost > 0 && lost * 10 >= inked) { unmapped.append(place) }
    slantedCount += reading.slantedGlyphs
    if reading.slantedGlyphs > 0 { slanted.append(place) }
    if reading.isCut { cut.append(place) }
    if reading.whiteDigits > 0 { white = (white.count + reading.whiteDigits, white.places + [place]) }
    noteCount += reading.notes
    if reading.notes > 0 { noted.append(place) }
  }

  /// What was odd.
  func diagnostics(hasCharacterMaps: Bool) -> [Diagnostic] {
    var result: [Diagnostic] = []
    if wasRepaired {
      result.append(
        Diagnostic("pdf.damaged", .warning, "the PDF is damaged and was repaired: parts of it may be missing"))
    }
    if let pageCount {
      result.append(
        Diagnostic(
          "input.pages_missing", .warning, "the PDF has \(pageCount) pages; pages beyond them were asked for, too"))
    }
    if !unreadable.isEmpty {
      let list = unreadable.prefix(10).map { String($0) }.joined(separator: ", ") + (unreadable.count > 10 ? ", …" : "")
      result.append(
        Diagnostic("pdf.page_unreadable", .error, "\(unreadable.count) pages cannot be read: \(list)"))
    }
    if !unmapped.isEmpty {
      let advice = hasCharacterMaps ? "" : "; install Poppler's character maps (poppler-data)"
      result.append(
        Diagnostic(
          "pdf.cmap_missing", mappedCount == 0 ? .error : .warning,
          "the characters of some fonts are unknown on \(unmapped.count) pages\(advice)", places: unmapped))
    } else if readCount > 0, glyphCount == 0 {
      let guess = imageCount > 0 ? "; its pages are pictures, it may be a scan" : ""
      result.append(Diagnostic("pdf.no_text", .error, "the PDF has no text\(guess)"))
    }
    if !slanted.isEmpty {
      result.append(
        Diagnostic(
          "pdf.slanted_text", .info,
          "\(slantedCount) characters that run neither across nor down were left out on \(slanted.count) pages",
          places: slanted))
    }
    if !cut.isEmpty {
      result.append(
        Diagnostic(
          "pdf.rulings_cut", .warning, "more strokes or pictures than are read on \(cut.count) pages", places: cut))
    }
    return result + layerDiagnostics + contents.diagnostics
  }

  private var layerDiagnostics: [Diagnostic] {
    var result: [Diagnostic] = []
    if !hidden.isEmpty {
      result.append(
        Diagnostic(
          "pdf.hidden_text", .warning,
          "\(hidden.count) pages are pictures with a hidden text that another program recognised: figures on them are "
            + "uncertain until sums prove them", places: hidden))
    }
    if struck.count > 0 {
      result.append(
        Diagnostic(
          "text.struck", .warning, "\(struck.count) texts are struck through, and are not read", places: struck.places))
    }
    if white.count > 0 {
      result.append(
        Diagnostic(
          "text.hidden", .warning, "\(white.count) white digits on no ground are not shown, and are not read",
          places: white.places))
    }
    if !noted.isEmpty {
      result.append(
        Diagnostic(
          "pdf.notes", .info, "\(noteCount) notes that are not printed on the pages are not read", places: noted))
    }
    return result
  }
}

extension PDFContents {
  /// What is said of it.
  fileprivate var diagnostics: [Diagnostic] {
    var result: [Diagnostic] = []
    if isXFA {
      result.append(
        Diagnostic(
          "pdf.form_xfa", .warning,
          "the PDF is a form that programs lay out (XFA): its pages may not show what is in it"))
    }
    guard isPortfolio || fileCount > 0 else { return result }
    let names = fileNames.prefix(20).map { $0.isEmpty ? "(no name)" : $0 }.joined(separator: "; ")
    let list = fileCount > 0 ? ": \(names)" + (fileCount > 20 ? "; …" : "") : ""
    result.append(
      isPortfolio
        ? Diagnostic(
          "pdf.portfolio", .warning,
          "the PDF is a collection of \(fileCount) files, which are not read; its pages are their cover\(list)")
        : Diagnostic("pdf.attachments", .info, "the PDF holds \(fileCount) files, which are not read\(list)"))
    return result
  }
}
