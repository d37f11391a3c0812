import DocumentModel
import Foundation
import PipelineKit
import Reading
import TestSupport
import Testing

/// That boxes lie where the ink is, `scripts/browser/inspect_page.py` looks at in a browser, which can read pictures.
struct PDFPicturesTests {
  private func pictures(
    _ bytes: Data, pages: [Int] = [1], password: String? = nil, limit: Int = 150_000
  ) throws -> [Int: PagePicture] {
    try PDFPictures().pictures(
      of: SourceContent(uri: "test", bytes: bytes), pages: pages, password: password, limit: limit)
  }

  /// A small black square at the left foot of a page that is higher than wide.
  private var square: SmallPDF {
    var pdf = SmallPDF("0 g 10 20 8 8 re f")
    (pdf.width, pdf.height) = (120, 200)
    return pdf
  }

  @Test(arguments: [0, 90, 180, 270], ["", "/CropBox [5 10 95 160]"])
  func `A picture has the shape of the page as displayed, turned and cropped`(rotation: Int, crop: String) async throws
  {
    var pdf = square
    (pdf.rotation, pdf.pageEntries) = (rotation, crop)
    let page = try #require(try await read(pdf.data).pages?.first)
    let picture = try #require(try pictures(pdf.data)[1])
    #expect(picture.mediaType == "image/png" && picture.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(picture.width == Int((page.width * 2).rounded()) && picture.height == Int((page.height * 2).rounded()))
  }

  @Test func `A picture is made smaller until it fits`() throws {
    let noise = (0..<4000).map { "\($0 * 37 % 199) \($0 * 61 % 97) \($0 % 5 + 1) \($0 % 3 + 1) re f" }
    let pdf = SmallPDF("0.2 0.4 0.9 rg " + noise.joined(separator: "\n"))
    let large = try #require(try pictures(pdf.data)[1])
    let small = try #require(try pictures(pdf.data, limit: large.bytes.count / 3)[1])
    #expect(small.bytes.count <= large.bytes.count / 3)
    #expect(small.width < large.width)
    let none = try pictures(pdf.data, limit: 20)[1]
    #expect(none == nil)
  }

  @Test func `The same page gives the same picture`() throws {
    let first = try pictures(square.data)[1]?.bytes
    let second = try pictures(square.data)[1]?.bytes
    #expect(first != nil && first == second)
  }

  @Test func `A page as large as a wall is drawn on a small sheet`() throws {
    var pdf = square
    (pdf.width, pdf.height) = (14_000, 14_000)
    let picture = try #require(try pictures(pdf.data)[1])
    #expect(picture.width * picture.height <= 8_100_000)
  }

  @Test func `Pages that are not there, and what is no PDF, have no picture`() throws {
    let drawn = try pictures(square.data, pages: [0, 2, -1, Int.max])
    let text = try pictures(Data("a text".utf8))
    #expect(drawn.isEmpty && text.isEmpty)
  }
}
