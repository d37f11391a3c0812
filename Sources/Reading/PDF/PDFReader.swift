/// What reads PDFs.
///
/// Both give the same characters at the same places.
public enum PDFReader: String, Codable, CaseIterable, Hashable, Sendable {
  /// Poppler's content-stream interpreter: every glyph with its direction and visibility, rulings, pictures.
  case tap
  /// Poppler's public interface: text and boxes only, in reading order, with spaces where Poppler sees gaps; no rulings,
  /// no pictures. A check on the tap, and the way out where a Poppler version breaks it.
  case glib
}
