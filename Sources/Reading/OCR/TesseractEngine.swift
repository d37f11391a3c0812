import CTesseract
import FoundationEssentials
import Synchronization

/// Tesseract with one language, for one picture after the other.
final class TesseractEngine {
  /// How a picture is laid out, in Tesseract's numbers.
  enum Layout: CInt {
    case block = 6
    case line = 7
    case character = 10
    case rawLine = 13
  }

  /// Folders that language files are looked for in, the first that is set or there.
  static let folders = [
    "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata",
    "/usr/share/tesseract/tessdata",
  ]

  /// The file of a language; `nil` where it is not installed.
  static func folder(ofLanguage language: String) -> String? {
    let named = ProcessInfo.processInfo.environment["TESSDATA_PREFIX"].map { [$0, $0 + "/tessdata"] } ?? []
    return (named + folders).first {
      FileManager.default.fileExists(atPath: "\($0)/\(language).traineddata")
    }
  }

  private let library: UnsafePointer<gouji_tesseract>
  private let handle: UnsafeMutableRawPointer

  /// Loads a language, which takes some 0.1 to 0.3 s.
  ///
  /// - Throws: ``ReadingError`` with code `reader.missing`.
  init(language: String) throws {
    guard let library = gouji_tesseract() else {
      throw ReadingError.withoutTesseract(String(cString: gouji_tesseract_fault()))
    }
    guard let folder = Self.folder(ofLanguage: language), let handle = library.pointee.TessBaseAPICreate() else {
      throw ReadingError.withoutLanguage(language)
    }
    guard library.pointee.TessBaseAPIInit3(handle, folder, language) == 0 else {
      library.pointee.TessBaseAPIDelete(handle)
      throw ReadingError.withoutLanguage(language)
    }
    _ = library.pointee.TessBaseAPISetVariable(handle, "debug_file", "/dev/null")
    self.library = library
    self.handle = handle
  }

  deinit { library.pointee.TessBaseAPIDelete(handle) }

  /// Makes the engine read these characters only; all where there are none.
  func restrict(to characters: String) {
    _ = library.pointee.TessBaseAPISetVariable(handle, "tessedit_char_whitelist", characters)
  }

  /// What it reads, without space around it.
  func text(of picture: borrowing Raster, layout: Layout) -> String { reading(of: picture, layout: layout).text }

  /// What it reads, without space around it, and how sure it says it is, from 0 to 100.
  func reading(of picture: borrowing Raster, layout: Layout) -> (text: String, confidence: Int) {
    library.pointee.TessBaseAPISetPageSegMode(handle, layout.rawValue)
    library.pointee.TessBaseAPISetImage2(handle, picture.pix)
    library.pointee.TessBaseAPISetSourceResolution(handle, 300)
    defer { library.pointee.TessBaseAPIClear(handle) }
    guard let text = library.pointee.TessBaseAPIGetUTF8Text(handle) else { return ("", 0) }
    defer { library.pointee.TessDeleteText(text) }
    var scalars = String(cString: text).unicodeScalars[...]
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    return (String(scalars), Int(library.pointee.TessBaseAPIMeanTextConf(handle)))
  }
}

extension ReadingError {
  static func withoutTesseract(_ fault: String) -> ReadingError {
    ReadingError(
      "reader.missing",
      "scans need a library (\(fault)); to install it: apt-get install libtesseract5 tesseract-ocr-chi-sim tesseract-ocr-eng"
    )
  }
  static func withoutLanguage(_ language: String) -> ReadingError {
    let package = "tesseract-ocr-" + language.replacing("_", with: "-")
    return ReadingError(
      "reader.missing", "scans need Tesseract's language '\(language)'; to install it: apt-get install \(package)")
  }
}

/// Engines for the two things that stand on a page.
final class ScanReaders {
  /// Reads any text.
  let text: TesseractEngine
  /// Reads figures.
  let figures: TesseractEngine

  init(text: String, figures: String) throws {
    self.text = try TesseractEngine(language: text)
    self.figures = try TesseractEngine(language: figures)
  }
}

/// Engines that are ready and not at work: loading one takes as long as half a page.
final class ReaderPool: Sendable {
  static let shared = ReaderPool()
  private let idle = Mutex<[String: [Loan]]>([:])

  /// Engines that one thread at a time has.
  private struct Loan: @unchecked Sendable { let readers: ScanReaders }

  /// Lends engines to `body`.
  func withReaders<Result>(
    text: String, figures: String, _ body: (ScanReaders) throws -> Result
  ) throws -> Result {
    let key = "\(text) \(figures)"
    let lent = idle.withLock { $0[key]?.popLast() }
    let loan = try lent ?? Loan(readers: ScanReaders(text: text, figures: figures))
    defer { idle.withLock { $0[key, default: []].append(loan) } }
    return try body(loan.readers)
  }
}
