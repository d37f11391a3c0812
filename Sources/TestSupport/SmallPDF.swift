public import Foundation

/// A PDF written by hand: pages of one size with Helvetica as `/F1`.
public struct SmallPDF {
  /// Width of a page in points.
  public var width = 200
  /// Height of a page in points.
  public var height = 100
  /// Clockwise, in degrees: a multiple of 90.
  public var rotation = 0
  /// Entries added to every page, such as another box.
  public var pageEntries = ""
  /// Entries added to the font, such as an encoding.
  public var fontEntries = "/Encoding /WinAnsiEncoding"
  /// Replaces the font altogether.
  public var font: String?
  /// Entries added to the resources of every page.
  public var resources = ""
  /// A picture that pages draw as `/I1`: the entries of its dictionary and its data; none when `nil`.
  public var picture: (entries: String, data: String)?
  /// Objects added behind all others; the first is `6 0 R` where there is one page and no picture.
  public var objects: [String] = []
  /// Entries added to the catalog.
  public var catalogEntries = ""
  /// Entries added to the trailer.
  public var trailerEntries = ""
  /// The content of each page.
  public var pages: [String]

  /// A PDF with a page for each content stream.
  public init(_ pages: String...) {
    self.pages = pages
  }

  /// The bytes of the file, with cross references that are right.
  public var data: Data {
    let kids = pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
    var objects = [
      "<< /Type /Catalog /Pages 2 0 R \(catalogEntries) >>",
      "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>",
      font ?? "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica \(fontEntries) >>",
    ]
    let number = objects.count + 2 * pages.count + 1
    let pictures = picture == nil ? "" : "/XObject << /I1 \(number) 0 R >>"
    for (index, content) in pages.enumerated() {
      objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(width) \(height)] /Rotate \(rotation) \(pageEntries)"
          + " /Resources << /Font << /F1 3 0 R >> \(pictures) \(resources) >> /Contents \(5 + 2 * index) 0 R >>")
      objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
    }
    if let picture {
      objects.append(
        "<< /Type /XObject /Subtype /Image \(picture.entries) /Length \(picture.data.utf8.count) >>\nstream\n"
          + "\(picture.data)\nendstream")
    }
    objects += self.objects
    var text = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(text.utf8.count)
      text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = text.utf8.count
    text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets { text += String(format: "%010d 00000 n \n", offset) }
    text += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R \(trailerEntries) >>\nstartxref\n\(start)\n%%EOF\n"
    return Data(text.utf8)
  }
}
