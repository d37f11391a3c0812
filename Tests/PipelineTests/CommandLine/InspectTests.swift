import Foundation
import PipelineKit
import TestSupport
import Testing

@testable import gouji

/// The page that `gouji inspect` writes, on the outside; what it does in a browser is tried in one.
@Suite struct `Looking at a document` {
  private static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  @Test func `A page shows every layer, every pointer and every value by hand and by key`() async throws {
    let browser = try #require(
      Self.browser, "chromium is not installed; scripts/install-dependencies installs it")
    let run = try await Program.shell(
      "PATH=$PATH:\(URL(filePath: browser).deletingLastPathComponent().path) "
        + "timeout 900 python3 scripts/browser/inspect_page.py $gouji")
    #expect(run.status == 0, "\(run.text.suffix(3000)) \(run.messages.suffix(3000))")
    #expect(run.text.contains("corrections is as it should be"))
  }

  @Test(arguments: SharedOptions.registry.kinds)
  func `Every stage says what it does in Chinese, too`(kind: String) throws {
    let file = Checkout.root.appending(path: "Sources/Reporting/Inspection/Page/strings.json")
    let words = try JSONDecoder().decode([String: [String: String]].self, from: Data(contentsOf: file))
    #expect(words["zh"]?["stage.\(kind)"]?.isEmpty == false, "\(kind) has no words in strings.json")
  }

  @Test func `Every key of a record has a Chinese name, too`() async throws {
    let page = try await Program.run("inspect", try source("yunqi-2023-tab").path)
    let data = try #require(page.text.firstMatch(of: /"labels":\{"zh":(\{[^}]*\})/)).1
    let words = try JSONDecoder().decode([String: String].self, from: Data(data.utf8))
    for id in ["yunqi-2023-tab", "yanhe-2020-tab", "chengchuan-2022-tab"] {
      let record = try await Program.run("run", try source(id).path)
      let provenance = try #require(record.json?["provenance"] as? [String: Any])
      let keys = Set(provenance.keys.flatMap { $0.split(separator: "/").map(String.init) })
      #expect(keys.filter { words[$0] == nil && Int($0) == nil }.sorted() == [])
    }
  }

  @Test func `The same document gives the same page, on standard output as in a file`() async throws {
    let path = try source("yunqi-2023-weasyprint").path
    let printed = try await Program.run("inspect", path)
    #expect(printed.status == 0 && printed.messages == "")
    #expect(printed.text.hasPrefix("<!DOCTYPE html>"))
    #expect(printed.output.count <= 1_000_000, "three pages; one of six may have two megabytes")
    try await withFolder { folder in
      let file = folder.appending(path: "page.html")
      let run = try await Program.run("inspect", path, "-o", file.path)
      #expect(run.status == 0 && run.output.isEmpty)
      #expect(try Data(contentsOf: file) == printed.output)
    }
  }

  @Test func `A scan that was recognised is not said to have no text`() async throws {
    let run = try await Program.run("inspect", try source("yanhe-2020-scan").path, "--pages", "1", "--no-pictures")
    #expect(run.status == 0 && !run.messages.contains("pdf.no_text"), "\(run.messages)")
  }

  @Test func `Pictures can be bounded, or left out`() async throws {
    let path = try source("yunqi-2023-weasyprint").path
    let page = try await Program.run("inspect", path)
    let small = try await Program.run("inspect", path, "--picture-limit", "30")
    let bare = try await Program.run("inspect", path, "--no-pictures")
    #expect(small.status == 0 && bare.status == 0)
    #expect(small.output.count < page.output.count)
    #expect(bare.output.count + 3 * 30_000 * 4 / 3 >= small.output.count)
    #expect(!bare.text.contains("data:image/png;base64,"))
  }

  @Test func `Only the pages that were asked for are shown`() async throws {
    let page = try await Program.run("inspect", try source("yunqi-2023-weasyprint").path, "--pages", "2")
    #expect(page.text.components(separatedBy: "data:image/png;base64,").count == 2)
  }

  @Test(arguments: [["--picture-limit", "0"], ["-p", "nothing"]])
  func `What cannot be meant is refused`(arguments: [String]) async throws {
    let path = try source("yunqi-2023-tab").path
    let run = try await Program.shell("$gouji inspect \(path) \(arguments.joined(separator: " "))")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
  }

  @Test func `A page is not written to a terminal`() async throws {
    let path = try source("yunqi-2023-tab").path
    let run = try await Program.shell("script -qec \"$gouji inspect \(path)\" /dev/null < /dev/null")
    #expect(run.status == 2)
    #expect(run.text.contains("-o FILE.html"))
  }
}
