public import DocumentModel
import FoundationEssentials
public import PipelineKit

/// `read`: turns the bytes of a source into pages or lines.
///
/// Reads no layer. Writes `pages` of a PDF (with glyphs, rulings, pictures; see ``PDFReader``), `lines` of a plain text, or
/// `lines` and `tables` of an HTML page or a Word file, and the media type and number of pages of the source.
///
/// ```
/// bytes ─ what kind? ─┬─ %PDF- ──── Poppler ──────── pages
///                     ├─ HTML ───── decode, parse ── lines, tables
///                     ├─ DOCX ───── unpack, parse ── lines, tables
///                     ├─ text ───── decode, split ── lines
///                     ├─ DOC, RTF … an office program ── DOCX, where the run asks for it (`--convert`)
///                     └─ other ──── refused: media.unsupported
/// ```
///
/// It fails on documents that need a password (`pdf.encrypted`), that Poppler cannot open (`pdf.damaged`), that are empty
/// (`input.empty`) or of another kind (`media.unsupported`), that cannot be converted (`converter.missing`,
/// `converter.failed`, `converter.timeout`), on texts that have lost a digit (`text.digits_lost`), and on what is larger than one of its limits
/// (`limit.output`). Everything else that is odd is a diagnostic: `input.converted`, `pdf.damaged` (repaired), `pdf.page_unreadable`,
/// `pdf.no_text`, `input.pages_missing`, `pdf.cmap_missing`, `pdf.slanted_text`, `pdf.rulings_cut`, `pdf.hidden_text`,
/// `pdf.notes`, `pdf.attachments`, `pdf.portfolio`, `pdf.form_xfa`, `text.encoding_guessed`, `text.encoding_damaged`,
/// and those of ``MarkupRemarks``.
public struct Read: Stage {
  /// Settings of ``Read``.
  public struct Options: StageOptions {
    /// What reads PDFs.
    public var pdfReader: PDFReader = .tap
    /// Which rules are kept; benchmarks hide some, to see tables by the alignment of their words alone.
    public var rulings: Rulings = .all
    /// The longest plain text, in bytes.
    public var textLimit: Int = 16_000_000
    /// The most lines of a plain text.
    public var lineLimit: Int = 50_000
    /// The longest line of a plain text, in bytes; it may be all of a report whose line breaks are lost.
    public var lineLengthLimit: Int = 300_000
    /// The longest HTML page, or part of a Word file that is unpacked, in bytes.
    public var markupLimit: Int = 32_000_000
    /// The most elements and texts of an HTML page, or of the text of a Word file.
    public var markupNodeLimit: Int = 4_000_000
    /// The most lines of an HTML page, or of the text of a Word file.
    public var markupLineLimit: Int = 200_000
    /// The most cells of all tables of an HTML page, or of a Word file.
    public var markupCellLimit: Int = 200_000
    /// Regular expressions for the names of particulars that stand around the text of an HTML page, such as the number and
    /// the date of the document, matched from the beginning of a text without its spaces. A table of them is read as
    /// lines, a name and what is said of it on each, and so is a line of several.
    public var particulars: [Pattern] = []
    /// Regular expressions for lines of the site around the text of an HTML page, such as where one is in it, matched from
    /// the beginning of a line without its spaces. They are left out.
    public var leftOut: [Pattern] = []
    /// The most seconds that an office program may take to convert a document, where it is asked for.
    public var conversionTimeout: Double = 60
    /// The most glyphs that a page may draw.
    public var glyphLimit: Int = 1_000_000
    /// The most glyphs that the pages which are read may show together.
    public var totalGlyphLimit: Int = 2_000_000

    /// The defaults.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "pdfReader": "What reads PDFs.",
      "rulings": "Which rules are kept; benchmarks hide some, to see tables by the alignment of their words alone.",
      "textLimit": "The longest plain text, in bytes.",
      "lineLimit": "The most lines of a plain text.",
      "lineLengthLimit":
        "The longest line of a plain text, in bytes; it may be all of a report whose line breaks are lost.",
      "markupLimit": "The longest HTML page, or part of a Word file that is unpacked, in bytes.",
      "markupNodeLimit": "The most elements and texts of an HTML page, or of the text of a Word file.",
      "markupLineLimit": "The most lines of an HTML page, or of the text of a Word file.",
      "markupCellLimit": "The most cells of all tables of an HTML page, or of a Word file.",
      "particulars":
        "Regular expressions for the names of particulars that stand around the text of an HTML page, such as the number "
        + "and the date of the document, matched from the beginning of a text without its spaces. A table of them is "
        + "read as lines, a name and what is said of it on each, and so is a line of several.",
      "leftOut":
        "Regular expressions for lines of the site around the text of an HTML page, such as where one is in it, matched "
        + "from the beginning of a line without its spaces. They are left out.",
      "conversionTimeout":
        "The most seconds that an office program may take to convert a document, where it is asked for.",
      "glyphLimit": "The most glyphs that a page may draw.",
      "totalGlyphLimit": "The most glyphs that the pages which are read may show together.",
    ]

    /// Rules by their direction.
    public enum Rulings: String, Codable, CaseIterable, Sendable {
      /// Horizontal and vertical ones.
      case all
      /// Horizontal ones.
      case horizontal
      /// None.
      case none
    }
  }

  /// Reads nothing, writes pages or lines.
  public static let contract = StageContract(
    "read", version: 12, summary: "Reads PDF into pages, HTML and DOCX into lines and tables, text into lines",
    reads: [], writes: [.pages, .lines, .tables],
    readsSource: true, libraries: [PopplerVersion.installed.description])

  let options: Options

  /// Makes the stage ready; every limit must be positive.
  public init(options: Options) throws {
    let limits = [
      "textLimit": options.textLimit, "lineLimit": options.lineLimit,
      "lineLengthLimit": options.lineLengthLimit, "glyphLimit": options.glyphLimit,
      "totalGlyphLimit": options.totalGlyphLimit, "markupLimit": options.markupLimit,
      "markupNodeLimit": options.markupNodeLimit, "markupLineLimit": options.markupLineLimit,
      "markupCellLimit": options.markupCellLimit,
    ]
    for (name, limit) in limits.sorted(by: { $0.key < $1.key }) where limit <= 0 {
      throw PipelineError("pipeline.invalid", "option '\(name)': a number above 0 is expected")
    }
    guard options.conversionTimeout > 0, options.conversionTimeout < 1e6 else {
      throw PipelineError("pipeline.invalid", "option 'conversionTimeout': a number of seconds above 0 is expected")
    }
    self.options = options
  }

  /// Reads the source of `context`.
  ///
  /// - Throws: ``ReadingError``.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    let bytes = context.content.bytes
    guard !bytes.isEmpty else { throw ReadingError("input.empty", "\(context.content.uri) is empty") }
    let type = MediaType(of: bytes)
    document.source.mediaType = type.name
    switch type {
    case .pdf: try readPDF(bytes, into: &document, in: context)
    case .plainText:
      guard bytes.count <= options.textLimit else {
        throw ReadingError("limit.output", "\(context.content.uri) is a text of more than \(options.textLimit) bytes")
      }
      try readText(bytes, into: &document, of: context.content)
    case .docx: try readDOCX(bytes, into: &document, named: context.content.uri)
    case .html: try readHTML(bytes, into: &document, of: context.content)
    case .office(_, let name, let ending):
      try readConverted(bytes, as: name, ending: ending, into: &document, in: context)
    case .unsupported(let mediaType, let name):
      let isArchive = Self.archives.contains(mediaType)
      throw ReadingError(
        "media.unsupported",
        "\(context.content.uri) looks like \(name), which cannot be read"
          + (isArchive ? " as one document; 'gouji bulk' reads what is in it, and 'gouji list' shows it" : ""))
    }
  }

  /// What a bulk run looks into.
  private static let archives: Set<String> = [
    "application/zip", "application/gzip", "application/x-bzip2", "application/x-xz", "application/zstd",
    "application/x-7z-compressed", "application/x-tar", "application/warc",
  ]

  private func readPDF(_ bytes: Data, into document: inout Document, in context: StageContext) throws {
    do {
      try readPages(of: bytes, into: &document, in: context, isRestored: false)
    } catch let error as ReadingError where error.code == "pdf.damaged" {
      guard let restored = restoringTrailer(of: bytes) else { throw error }
      try readPages(of: restored, into: &document, in: context, isRestored: true)
    }
  }

  private func readPages(
    of bytes: Data, into document: inout Document, in context: StageContext, isRestored: Bool
  ) throws {
    var report = PDFReport(wasRepaired: isRestored, glyphLimit: options.totalGlyphLimit)
    let request = context.request
    switch options.pdfReader {
    case .tap:
      let file = try TappedDocument(bytes, password: request.password, glyphLimit: options.glyphLimit)
      document.pages = try report.pages(of: file, selection: request.pages, begins: context.beginsPage)
      document.source.pageCount = file.pageCount
    case .glib:
      let file = try GlibDocument(bytes, password: request.password, glyphLimit: options.glyphLimit)
      document.pages = try report.pages(of: file, selection: request.pages, begins: context.beginsPage)
      document.source.pageCount = file.pageCount
    }
    if options.rulings != .all {
      for index in document.pages?.indices ?? 0..<0 {
        document.pages?[index].rulings.removeAll { options.rulings == .none || $0.axis == .vertical }
      }
    }
    document.diagnostics += report.diagnostics(hasCharacterMaps: PopplerVersion.installed.hasCharacterMaps)
  }

  private func readText(_ bytes: Data, into document: inout Document, of content: SourceContent) throws {
    let name = content.uri
    let text = DecodedText(bytes, declared: content.charset)
    guard let lines = text.lines(atMost: options.lineLimit) else {
      throw ReadingError("limit.output", "\(name) is a text of more than \(options.lineLimit) lines")
    }
    if let index = lines.firstIndex(where: { $0.text.raw.utf8.count > options.lineLengthLimit }) {
      throw ReadingError(
        "limit.output", "line \(index + 1) of \(name) is longer than \(options.lineLengthLimit) bytes")
    }
    if let digit = text.lostDigit {
      throw ReadingError(
        "text.digits_lost",
        "\(name) has hundreds of digits, and none of them is \(digit): they were lost, and the figures are not those of "
          + "the document")
    }
    document.lines = lines
    document.diagnostics += text.diagnostics
  }
}
