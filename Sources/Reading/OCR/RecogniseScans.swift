import CLeptonica
public import DocumentModel
import FoundationEssentials
public import PipelineKit

/// `ocr`: gives pages that are only pictures the glyphs and rules that their picture shows.
///
/// Reads and writes `pages`, and looks at the source. It acts on pages with a picture over half of them or more that have
/// no text, or text of which most characters are unknown; of other documents it opens nothing and loads nothing. What
/// it writes is marked as recognised, so that later stages take no figure for granted:
///
/// ```
///   picture ── upright ── level ── rules found and painted out ── ink parted by white space ── figures read twice, words once
/// ```
///
/// The coordinates are those of the page turned level. A page may lie on its side or upside down: its glyphs then run
/// another way, as they do on such a page of text. Figures on which the readers differ are U+FFFD. Fails on handwriting,
/// on pages that lie slanted, and on lines that touch each other.
public struct RecogniseScans: Stage {
  /// Settings of ``RecogniseScans``.
  public struct Options: StageOptions {
    /// What reads the pictures.
    public var engine: Engine = .tesseract
    /// The language of the text, by Tesseract's name.
    public var language: String = "chi_sim"
    /// The language of the reader that takes everything for a figure.
    public var figureLanguage: String = "eng"
    /// Pictures are looked at with at least so many pixels an inch.
    public var leastResolution: Double = 150
    /// Pictures are looked at with at most so many pixels an inch.
    public var mostResolution: Double = 300
    /// The most pixels of a page's picture.
    public var pixelLimit: Int = 20_000_000

    /// The defaults.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "engine": "What reads the pictures.",
      "language": "The language of the text, by Tesseract's name.",
      "figureLanguage": "The language of the reader that takes everything for a figure.",
      "leastResolution": "Pictures are looked at with at least so many pixels an inch.",
      "mostResolution": "Pictures are looked at with at most so many pixels an inch.",
      "pixelLimit": "The most pixels of a page's picture.",
    ]
  }

  /// Engines.
  public enum Engine: String, Codable, CaseIterable, Sendable {
    /// Tesseract 5.
    case tesseract
    /// None: pictures stay pictures.
    case none
  }

  /// What it is.
  public static let contract = StageContract(
    "ocr", version: 7, summary: "Reads pages that are only pictures, with their rules.", reads: [.pages],
    writes: [.pages], readsSource: true, libraries: [PopplerVersion.installed.description, "tesseract 5"])

  private let options: Options

  /// Makes the stage ready.
  public init(options: Options) throws {
    guard options.leastResolution >= 50, options.mostResolution >= options.leastResolution,
      options.mostResolution <= 1200
    else {
      throw PipelineError(
        "pipeline.invalid", "options 'leastResolution' and 'mostResolution': 50 to 1200 are expected, the least first")
    }
    guard options.pixelLimit > 0 else {
      throw PipelineError("pipeline.invalid", "option 'pixelLimit': a number above 0 is expected")
    }
    for (name, language) in [("language", options.language), ("figureLanguage", options.figureLanguage)] {
      guard !language.isEmpty, language.utf8.allSatisfy({ $0 == 0x5F || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) })
      else { throw PipelineError("pipeline.invalid", "option '\(name)': letters and '_' are expected") }
    }
    self.options = options
  }

  /// Reads the pictures of the pages that are nothing else.
  ///
  /// - Throws: ``ReadingError`` where the source cannot be opened again.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard options.engine != .none, let pages = document.pages else { return }
    let scans = pages.indices.filter { pages[$0].isScan }
    guard !scans.isEmpty else { return }
    do {
      try recognise(scans, of: &document, in: context)
    } catch let error as ReadingError where error.code == "reader.missing" {
      document.diagnostics.append(
        Diagnostic("reader.missing", .error, error.message, places: scans.map { pages[$0].place }))
    }
  }

  private func recognise(_ scans: [Int], of document: inout Document, in context: StageContext) throws {
    let library = try Raster.loadedLibrary()
    guard let file = try openPDF(context.content.bytes, password: context.request.password) else { return }
    var (read, empty, failed): ([Place], [Place], [Place]) = ([], [], [])
    var unreadable = 0
    var kinds = GlyphKinds()
    var directions: [Bool: Glyph.Direction] = [:]
    try ReaderPool.shared.withReaders(text: options.language, figures: options.figureLanguage) { readers in
      for index in scans {
        try Task.checkCancellation()
        guard let page = document.pages?[index] else { continue }
        try context.beginsPage(page.number)
        let scan = try file.scan(
          ofPage: page.number, resolution: options.leastResolution...options.mostResolution,
          pixelLimit: options.pixelLimit, library)
        guard let scan else {
          failed.append(page.place)
          continue
        }
        // Where a page does not say how it lies, it lies like the one before.
        let isBroad = page.width > page.height
        let direction =
          try readers.direction(of: scan.grey, millimetre: scan.millimetre) ?? directions[isBroad] ?? .right
        directions[isBroad] = direction
        let scanned = try ScannedPage(
          direction == .right ? scan : scan.turned(direction), readers: readers, kinds: &kinds, library)
        unreadable += scanned.unreadable
        document.pages?[index].take(scanned, running: direction)
        if scanned.glyphs.isEmpty { empty.append(page.place) } else { read.append(page.place) }
      }
    }
    let pages = read.count == 1 ? "1 page is a picture" : "\(read.count) pages are pictures"
    if !read.isEmpty {
      let lost = unreadable == 0 ? "" : "; \(unreadable) figures could not be read"
      document.diagnostics.append(
        Diagnostic(
          "ocr.recognised", .info,
          "\(pages) that text was recognised in: figures are uncertain until sums prove them\(lost)",
          places: read))
    }
    if !empty.isEmpty {
      document.diagnostics.append(
        Diagnostic("ocr.nothing", .warning, "no text was found in the pictures of \(empty.count) pages", places: empty))
    }
    if !failed.isEmpty {
      document.diagnostics.append(
        Diagnostic("ocr.failed", .error, "\(failed.count) pages that are pictures cannot be drawn", places: failed))
    }
  }

  private func openPDF(_ bytes: Data, password: String?) throws -> GlibDocument? {
    guard MediaType(of: bytes) == .pdf else { return nil }
    do { return try GlibDocument(bytes, password: password, glyphLimit: 0) } catch let error as ReadingError
      where error.code == "pdf.damaged"
    {
      guard let restored = restoringTrailer(of: bytes) else { throw error }
      return try GlibDocument(restored, password: password, glyphLimit: 0)
    }
  }
}

extension Page {
  /// Whether there is nothing to read on it but pictures that cover half of it or more.
  fileprivate var isScan: Bool {
    guard isCoveredByPictures else { return false }
    let inked = glyphs.lazy.filter { !$0.scalar.properties.isWhitespace }
    let unknown = inked.count { $0.scalar == "\u{FFFD}" || $0.scalar.properties.generalCategory == .privateUse }
    return unknown * 2 >= inked.count
  }

  /// Takes what its picture shows; the picture itself is then nothing beside the text.
  ///
  /// - Parameter direction: the way its text runs, which lies level in what was recognised.
  fileprivate mutating func take(_ scanned: ScannedPage, running direction: Glyph.Direction) {
    isRecognised = true
    let back = QuarterTurn(direction, width: width, height: height).inverse
    glyphs = scanned.glyphs.map { glyph in
      var glyph = glyph
      (glyph.box, glyph.direction) = (back.turned(glyph.box).hundredths, back.turned(glyph.direction))
      return glyph
    }
    rulings = scanned.rulings.map { back.turned($0).hundredths }
    fonts = ["recognised"]
    images.removeAll { $0.width * $0.height >= 0.25 * width * height }
  }
}

extension Box {
  /// Rounded to what coordinates are told in: a turn takes them from the size of the page.
  fileprivate var hundredths: Box {
    Box(x0.hundredths, y0.hundredths, x1.hundredths, y1.hundredths)
  }
}

extension Ruling {
  /// Rounded as boxes are.
  fileprivate var hundredths: Ruling {
    Ruling(axis, at: position.hundredths, from: start.hundredths, to: end.hundredths, thickness: thickness)
  }
}
