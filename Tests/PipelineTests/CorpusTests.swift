import Foundation
import TestSupport
import Testing

/// Documents that people made to test, or to harm, programs that read PDFs; they lie beside the checkout, if at all.
@Suite struct `Documents beside the checkout` {
  private static let corpus = Checkout.root.deletingLastPathComponent().appending(path: "shared/corpus")
  private static let folders = ["cjk", "hostile-pdf"]
  private static var isThere: Bool {
    folders.allSatisfy { FileManager.default.fileExists(atPath: corpus.appending(path: $0).path) }
  }

  private struct Line: Decodable {
    struct Finding: Decodable { var code: String }
    var id: String
    var reason: String?
    var diagnostics: [Finding]?
  }

  /// A line for each document: its path, and the codes of what was odd about it, or why it was not read.
  private func table(of folder: String) throws -> String {
    let decoder = JSONDecoder()
    let lines = try ["results", "quarantine"].flatMap { name in
      try String(contentsOfFile: "\(folder)/\(name).ndjson", encoding: .utf8).split(separator: "\n")
        .map { try decoder.decode(Line.self, from: Data($0.utf8)) }
    }
    return lines.map { line in
      // A page that draws without end is cut off by the one or the other limit.
      let reason = line.reason == "limit.time" ? "limit.output" : line.reason
      let codes = line.diagnostics.map { ["read"] + Set($0.map(\.code)).sorted() } ?? [reason ?? "?"]
      return "\(line.id)\t\(codes.joined(separator: " "))\n"
    }.sorted().joined()
  }

  @Test(.enabled(if: isThere, "there is no ../shared/corpus"))
  func `Each is read or refused with a reason, and which is known`() async throws {
    try await withFolder { folder in
      let pipeline = folder.appending(path: "read.yaml")
      try Data("pipeline: read\nformat: 1\nstages:\n  - use: read\n  - use: text.lines\n".utf8).write(to: pipeline)
      let run = try await Program.shell(
        """
        cd '\(Self.corpus.path)' && $gouji bulk \(Self.folders.joined(separator: " ")) -p '\(pipeline.path)' -j 2 \
        -o '\(folder.path)/out' --timeout 60 --fail-on never
        """)
      #expect(run.status == 0, "\(run.messages)")
      let golden = Golden(Checkout.root.appending(path: "Tests/corpus-pdfs.tsv"))
      if let difference = try golden.difference(from: try table(of: folder.path + "/out")) {
        Issue.record("\(difference)")
      }
    }
  }
}

/// A real report as a program copied it from a PDF: heads torn from their tables, labels from their figures, cells lost.
@Suite struct `A torn text beside the checkout` {
  private static let text = Checkout.root.deletingLastPathComponent().appending(
    path: "shared/corpus/reports/kewei_2024_pdftext.md")

  /// What a person read in it, for each row; rows that are not named here print noughts only.
  private static let figures: [String: [Int]] = [
    "/disclosure/normative_documents": [13, 0, 55], "/disclosure/administrative_license": [97],
    "/applications/new_received": [32, 2, 0, 0, 0, 0, 34], "/applications/carried_over_in": [2, 0, 0, 0, 0, 0, 2],
    "/applications/granted": [9, 0, 0, 0, 0, 0, 9], "/applications/denied_internal_affairs": [1, 0, 0, 0, 0, 0, 1],
    "/applications/denied_process_information": [1, 0, 0, 0, 0, 0, 1],
    "/applications/unable_not_held": [4, 0, 0, 0, 0, 0, 4],
    "/applications/unable_no_existing_info": [6, 0, 0, 0, 0, 0, 6],
    "/applications/other_overdue_correction": [8, 2, 0, 0, 0, 0, 10],
    "/applications/other_other": [4, 0, 0, 0, 0, 0, 4], "/applications/result_total": [33, 2, 0, 0, 0, 0, 35],
    "/applications/carried_over_out": [1, 0, 0, 0, 0, 0, 1], "/proceedings/reconsideration": [1, 0, 0, 0, 1],
  ]

  @Test(.enabled(if: FileManager.default.fileExists(atPath: text.path), "there is no ../shared/corpus"))
  func `Gives the figures that a person read in it, and no other`() async throws {
    let run = try await Program.run("run", Self.text.path)
    let data = try #require(run.json?["data"] as? [String: Any])
    let columns = [
      "disclosure": ["issued_this_year", "repealed_this_year", "in_force"],
      "applications": [
        "natural_person", "commercial_enterprise", "research_institution", "public_welfare_org", "legal_service_org",
        "other", "total",
      ], "proceedings": ["upheld", "corrected", "other", "pending", "total"],
    ]
    var (right, withheld) = (0, 0)
    for (table, names) in columns {
      for (row, cells) in try #require(data[table] as? [String: [String: Any]]) {
        let printed = Self.figures["/\(table)/\(row)"] ?? Array(repeating: 0, count: cells.count)
        #expect(printed.count == cells.count)
        for (name, figure) in zip(cells.count == 1 ? Array(cells.keys) : names, printed) {
          let value = cells[name].flatMap { $0 is NSNull ? nil : "\($0)" }
          #expect(value == nil || value == "\(figure)", "\(table)/\(row)/\(name)")
          if value == nil { withheld += 1 } else { right += 1 }
        }
      }
    }
    // The last row of the requests has lost a cell.
    #expect((right, withheld) == (193, 7))
    #expect(data["year"] as? Int == 2024)
    let fee = try #require(data["processing_fee"] as? [String: Any])
    #expect(fee["charged"] as? Bool == false)
    #expect((fee["quote"] as? String)?.hasPrefix("2024年") == true)
  }
}
