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
