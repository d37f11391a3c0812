import DocumentModel
import Foundation
import PipelineKit
import Testing

@testable import Reporting

@Suite struct `The inspection page` {
  private func trace(_ documents: [Document]) -> StageTrace {
    StageTrace(
      documents.enumerated().map { index, document in
        StageTrace.State(
          stage: "stage-\(index)",
          contract: StageContract("test.\(index)", version: 1, summary: "", reads: [], writes: []),
          document: document)
      })
  }

  private func data(_ documents: [Document], pictures: [Int: PagePicture] = [:]) -> JSONValue {
    InspectionFormat(trace(documents), pictures: pictures)
      .json(pipeline: "test", fingerprint: "sha256:0", generator: Generator(version: "1", poppler: "1"))
  }

  private func object(_ value: JSONValue?) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data((value ?? .null).encoded())) as? [String: Any])
  }

  @Test func `What two stages have in common is kept once`() throws {
    var first = Document(source: Source(uri: "a"))
    first.lines = ["a", "b", "c"].enumerated().map { Line(PrintedText($1), place: .line($0 + 1, columns: 1...1)) }
    var second = first
    second.lines?[1].role = .pageNumber
    let page = try object(data([first, second]))
    #expect(((page["pools"] as? [String: Any])?["lines"] as? [Any])?.count == 4)
    let runs = (page["stages"] as? [[String: Any]])?.map { ($0["layers"] as? [String: Any])?["lines"] as? [Int] }
    #expect(runs == [[0, 3], [0, 1, 3, 1, 2, 1]])
  }

  @Test func `Two spellings of a letter are not the same`() throws {
    var first = Document(source: Source(uri: "a"))
    first.lines = [Line(PrintedText("\u{E9}"), place: .line(1, columns: 1...1))]
    var second = first
    second.lines = [Line(PrintedText("e\u{301}"), place: .line(1, columns: 1...1))]
    #expect(((try object(data([first, second]))["pools"] as? [String: Any])?["lines"] as? [Any])?.count == 2)
  }

  @Test func `A layer that no stage has written yet is not there, and one that found nothing is empty`() throws {
    var document = Document(source: Source(uri: "a"))
    document.tables = []
    let stages = try #require(try object(data([document]))["stages"] as? [[String: Any]])
    let layers = try #require(stages[0]["layers"] as? [String: Any])
    #expect(layers["lines"] == nil && layers["fields"] == nil)
    #expect((layers["tables"] as? [Any])?.isEmpty == true)
  }

  @Test func `Coordinates that are no numbers do no harm`() throws {
    var document = Document(source: Source(uri: "a"))
    document.pages = [
      Page(number: 1, width: 10, height: 10, glyphs: [Glyph("a", box: Box(.nan, -.infinity, 1e300, 1), size: 1)])
    ]
    let pools = try #require(try object(data([document]))["pools"] as? [String: [[String: Any]]])
    #expect(pools["pages"]?[0]["glyphs"] as? [Int] == [0, 0, 10_000_000, 10])
  }

  @Test func `Nothing of the document can end the element that it stands in`() throws {
    let hostile = "</script><script>alert(1)</script><!-- <script>"
    var document = Document(source: Source(uri: hostile))
    document.lines = [Line(PrintedText(hostile), place: .line(1, columns: 1...1))]
    document.diagnostics = [Diagnostic(hostile, .error, hostile)]
    let page = String(decoding: InspectionPage.html(data([document])), as: UTF8.self)
    let plain = String(decoding: InspectionPage.html(data([Document(source: Source(uri: "a"))])), as: UTF8.self)
    #expect(page.components(separatedBy: "<").count == plain.components(separatedBy: "<").count)
    let json = try #require(
      page.components(separatedBy: "id=\"data\">").last?.components(separatedBy: "</script>").first)
    let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((read?["source"] as? [String: Any])?["uri"] as? String == hostile)
  }

  @Test func `The policy lets nothing in but this style, this script and pictures in the page`() throws {
    let page = String(decoding: InspectionPage.html(data([Document(source: Source(uri: "a"))])), as: UTF8.self)
    let policy = try #require(
      page.components(separatedBy: "Content-Security-Policy\" content=\"").last?.components(separatedBy: "\"").first)
    func hash(_ open: String, _ close: String) throws -> String {
      let text = try #require(page.components(separatedBy: open).last?.components(separatedBy: close).first)
      let digits = Digest.sha256(of: Data(text.utf8))
      let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(digits.dropFirst($0).prefix(2), radix: 16)
      }
      return "'sha256-\(Data(bytes).base64EncodedString())'"
    }
    #expect(
      policy == "default-src 'none'; img-src data:; style-src \(try hash("<style>", "</style>")); "
        + "script-src \(try hash("<script>", "</script>")); base-uri 'none'; form-action 'none'")
    #expect(!page.contains("@@"))
    #expect(page.range(of: #"\s(src|href)="(?!#)"#, options: .regularExpression) == nil)
  }

  @Test func `A picture is part of the page`() throws {
    var document = Document(source: Source(uri: "a"))
    document.pages = [Page(number: 1, width: 10, height: 10), Page(number: 2, width: 10, height: 10)]
    let picture = PagePicture(mediaType: "image/png", bytes: [1, 2, 3], width: 1, height: 1)
    let pages = try #require(try object(data([document], pictures: [2: picture]))["pages"] as? [[String: Any]])
    #expect(pages[0]["picture"] is NSNull)
    #expect(pages[1]["picture"] as? String == "data:image/png;base64,AQID")
  }
}
