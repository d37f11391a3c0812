import DocumentModel

/// An opened PDF.
protocol PagedDocument: ~Copyable {
  /// At least 1.
  var pageCount: Int { get }
  /// Whether its cross references had to be rebuilt so far.
  var wasRepaired: Bool { get }
  /// Reads one page, counted from 1; `nil` where it cannot be read.
  ///
  /// - Throws: ``ReadingError`` with code `limit.output`.
  borrowing func page(_ number: Int) throws -> PageReading?
  /// What it holds besides its pages, once these have been read.
  var contents: PDFContents { get }
}

extension PagedDocument where Self: ~Copyable {
  /// Nothing that is known.
  var contents: PDFContents { PDFContents() }
}

/// What a PDF holds besides its pages.
struct PDFContents {
  /// The names of files in it, as many as are told.
  var fileNames: [String] = []
  var fileCount = 0
  /// Whether it is a collection of these files, and its pages are their cover.
  var isPortfolio = false
  /// Whether it is a form that programs lay out when they show it.
  var isXFA = false
}

/// One page as it was read.
struct PageReading {
  var page: Page
  /// Fonts that Poppler has no character map for.
  var unmappedFonts = 0
  /// How many characters were left out because they run neither across nor down the page.
  var slantedGlyphs = 0
  /// How many digits are white and stand on nothing, so that nobody sees them.
  var whiteDigits = 0
  /// Texts that people noted on the page, which are not drawn.
  var notes = 0
  /// Whether there were more strokes or pictures than the limit.
  var isCut = false
}

extension ReadingError {
  static func encrypted(hasPassword: Bool) -> ReadingError {
    ReadingError(
      "pdf.encrypted",
      hasPassword ? "the password is wrong" : "the document needs a password (--password-file, or GOUJI_PASSWORD)")
  }
  static var damaged: ReadingError { ReadingError("pdf.damaged", "the PDF is damaged beyond repair") }
  static var withoutPages: ReadingError { ReadingError("pdf.damaged", "the PDF is damaged: it has no pages") }
  static func withoutLibrary(_ fault: String) -> ReadingError {
    ReadingError(
      "reader.missing", "the reader 'glib' needs a library (\(fault)); to install it: apt-get install libpoppler-glib8")
  }
  static func tooManyGlyphs(page: Int, limit: Int) -> ReadingError {
    ReadingError("limit.output", "page \(page) draws more than \(limit) glyphs")
  }
  static func tooManyGlyphs(untilPage page: Int, limit: Int) -> ReadingError {
    ReadingError("limit.output", "the pages up to page \(page) draw more than \(limit) glyphs together")
  }
}
