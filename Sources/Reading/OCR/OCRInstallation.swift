import CLeptonica
import CTesseract

/// What there is on this machine to read scans with.
public struct OCRInstallation: Sendable {
  /// Such as `5.3.0`; `nil` where the library cannot be loaded.
  public var version: String?
  /// The languages of the shipped pipelines that are there.
  public var languages: [String]
  /// The languages of the shipped pipelines that are not.
  public var missingLanguages: [String]

  /// Looks, and loads the library.
  public static var current: OCRInstallation {
    let names = ["chi_sim", "eng"]
    let isThere = { TesseractEngine.folder(ofLanguage: $0) != nil }
    let library = gouji_leptonica() == nil ? nil : gouji_tesseract()
    return OCRInstallation(
      version: library.map { String(cString: $0.pointee.TessVersion()) }, languages: names.filter(isThere),
      missingLanguages: names.filter { !isThere($0) })
  }

  /// The command that installs what is missing; `nil` where nothing is.
  public var advice: String? {
    let packages =
      (version == nil ? ["libtesseract5"] : [])
      + missingLanguages.map { "tesseract-ocr-" + $0.replacing("_", with: "-") }
    return packages.isEmpty ? nil : "apt-get install " + packages.joined(separator: " ")
  }
}
