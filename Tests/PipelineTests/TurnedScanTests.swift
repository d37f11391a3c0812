import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

/// A scan of which the sheets lay otherwise on the glass.
@Suite struct `A scan that lies` {
  @Test(arguments: [(90, "on its side"), (180, "upside down"), (270, "on its other side")])
  func `otherwise gives the same figures, with their places on the page as it is shown`(
    degrees: Int, how: String
  ) async throws {
    let fixture = try #require(Checkout.fixtures.first { $0.id == "yanhe-2020-scan" })
    // What every page says about itself in as many bytes, and that it is shown turned.
    let words = "/Resources <<\n/ProcSet [ /PDF /ImageB ]\n"
    let turn = "/Rotate \(degrees)\n/Resources <<\n"
    let bytes = try Data(contentsOf: fixture.source).replacing(
      Data(words.utf8), with: Data((turn + String(repeating: " ", count: words.utf8.count - turn.utf8.count)).utf8))
    let turned = try await ShippedPipeline.run("annual-report", SourceContent(uri: "scan.pdf", bytes: bytes))
    let upright = try await FixtureRuns.document(of: fixture)
    #expect(turned.pages?.allSatisfy { ($0.width > $0.height) == (degrees % 180 == 90) } == true)
    let (found, expected) = (figures(of: turned), figures(of: upright))
    #expect(found == expected && expected.count > 100)
    let place = try #require(
      turned.record?.fields.first { $0.pointer == "/applications/new_received/total" }?.provenance?.places.first)
    let page = try #require(turned.pages?.first { $0.number == place.page })
    let box = try #require(place.box)
    #expect(page.glyphs.contains { $0.box.overlapX(box) > 0 && $0.box.overlapY(box) > 0 && $0.direction != .right })
  }

  private func figures(of document: Document) -> [String: JSONValue] {
    let fields = document.record?.fields ?? []
    let figures = fields.filter { field in
      ["/disclosure/", "/applications/", "/proceedings/"].contains { field.pointer.hasPrefix($0) }
    }
    return Dictionary(figures.map { ($0.pointer, $0.value) }) { $1 }
  }
}
