import DocumentModel
import Foundation
import Reading
import TestSupport
import Testing

struct ReadersAgreeTests {
  @Test(arguments: [0, 90, 180, 270])
  func `Both readers see the same characters on a drawn page`(rotation: Int) async throws {
    var pdf = SmallPDF(
      """
      0.5 w 10 10 180 80 re S 100 10 m 100 90 l S
      BT /F1 10 Tf 20 70 Td (Requests 1362) Tj 90 0 Td (300153) Tj -90 -20 Td 1 Tc (Granted) Tj 90 0 Td (61) Tj ET
      """)
    pdf.rotation = rotation
    try await expectAgreement(pdf.data, named: "rotated by \(rotation)")
  }

  @Test func `Both readers see the same characters in the fixtures`() async throws {
    let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
    let folders =
      FileManager.default.fileExists(atPath: fixtures.path)
      ? try FileManager.default.contentsOfDirectory(atPath: fixtures.path).sorted() : []
    let files = folders.map { fixtures.appending(path: "\($0)/source.pdf") }.filter {
      FileManager.default.fileExists(atPath: $0.path)
    }
    #expect(!files.isEmpty, "no Fixtures/*/source.pdf")
    for file in files { try await expectAgreement(Data(contentsOf: file), named: file.path) }
  }

  private func expectAgreement(_ bytes: Data, named name: String) async throws {
    let tapped = try #require(try await read(bytes, reader: .tap).pages)
    let public_ = try #require(try await read(bytes, reader: .glib).pages)
    #expect(tapped.count == public_.count, "\(name)")
    for (left, right) in zip(tapped, public_) {
      #expect(abs(left.width - right.width) < 0.01 && abs(left.height - right.height) < 0.01, "\(name)")
      let lost = unmatched(inked(left), among: inked(right))
      #expect(lost.isEmpty, "\(name), page \(left.number): \(lost)")
    }
  }

  /// Glyphs that both readers must have: spaces are inferred by one and drawn by the other, and what has no character is
  /// left out by one. The public interface unifies compatibility characters.
  private func inked(_ page: Page) -> [Glyph] {
    page.glyphs.filter { !$0.scalar.properties.isWhitespace && $0.scalar != "\u{FFFD}" }.flatMap { glyph in
      String(glyph.scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.map { scalar in
        var copy = glyph
        copy.scalar = scalar
        return copy
      }
    }
  }

  private func unmatched(_ glyphs: [Glyph], among others: [Glyph]) -> [Glyph] {
    var rest = others
    let lost = glyphs.filter { glyph in
      let match = rest.firstIndex {
        $0.scalar == glyph.scalar && abs($0.box.midX - glyph.box.midX) < glyph.size
          && abs($0.box.midY - glyph.box.midY) < glyph.size
      }
      if let match { rest.remove(at: match) }
      return match == nil
    }
    return lost + rest
  }
}
