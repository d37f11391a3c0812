import CPoppler
import CPopplerGlib

/// The Poppler that reads PDFs here.
public struct PopplerVersion: CustomStringConvertible, Hashable, Sendable {
  /// Such as `22.12.0`.
  public var version: String
  /// Whether the character maps of fonts that are not embedded are installed (poppler-data); without them such fonts
  /// give no text.
  public var hasCharacterMaps: Bool

  /// What this program was built with and finds on this machine.
  public static let installed = PopplerVersion(
    version: String(cString: gouji_poppler_version()), hasCharacterMaps: gouji_poppler_has_character_maps() == 1)

  /// In one line, such as `poppler 22.12.0 with character maps`.
  public var description: String { "poppler \(version)" + (hasCharacterMaps ? " with character maps" : "") }

  /// Whether ``PDFReader/glib`` can read; the other reader does not need it. Loads its library.
  public static var hasSecondReader: Bool { gouji_poppler_glib() != nil }
}
