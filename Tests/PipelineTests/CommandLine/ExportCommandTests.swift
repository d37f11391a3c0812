import Foundation
import PipelineKit
import TestSupport
import Testing

/// `gouji export` over what `gouji run` prints.
@Suite struct `An export` {
  /// A bulk folder with two records in two shards, and a document without one.
  private func withResults(_ body: (URL) async throws -> Void) async throws {
    try await withFolder { folder in
      let line =
        #"{"id":"x","source":{"path":"x.pdf"},"reason":"pdf.damaged","stage":"read","attempts":1,"signal":null}"#
      let run = try await Program.shell(
        """
        cd \(folder.path) && mkdir bulk && $gouji run -q \(source("yunqi-2023-tab").path) > one.json
        $gouji run -q --fail-on never \(source("yunqi-2023-misprint").path) > two.json 2> /dev/null
        tr -d '\\n' < one.json > bulk/results.part-1-of-2.ndjson
        cat two.json > bulk/results.part-2-of-2.ndjson; echo '\(line)' > bulk/quarantine.part-1-of-2.ndjson
        """)
      #expect(run.messages == "")
      try await body(folder)
    }
  }

  private func lines(_ url: URL) throws -> [String] {
    try String(decoding: Data(contentsOf: url), as: UTF8.self).components(separatedBy: "\r\n").dropLast()
  }

  @Test func `A bulk folder becomes two files, in which no document is missing`() async throws {
    try await withResults { folder in
      let run = try await Program.run(
        "export", folder.appending(path: "bulk").path, "-o", folder.appending(path: "csv").path)
      #expect(run.status == 0 && run.messages == "" && run.output.isEmpty)
      let reports = try lines(folder.appending(path: "csv/reports.csv"))
      #expect(reports.count == 4)
      #expect(reports[0].hasPrefix("\u{FEFF}report,source_uri,"))
      #expect(reports[3].hasPrefix("3,x.pdf,,,,,,failed,pdf.damaged,read,"))
      let figures = try lines(folder.appending(path: "csv/figures.csv"))
      #expect(figures.count == 1 + 2 * 235)
      let granted = figures.filter { $0.contains(",/applications/granted/total,") }
      #expect(granted.count == 2 && granted[0].contains(",80,,,printed,80,") && granted[0].hasSuffix(",0"))
      #expect(granted[1].contains(",81,,,printed,81,") && granted[1].hasSuffix(",3"))
      let printed = try await Program.run("export", folder.appending(path: "bulk").path)
      #expect(try printed.output == Data(contentsOf: folder.appending(path: "csv/figures.csv")))
      let some = try await Program.run("export", folder.appending(path: "one.json").path, "--table", "reports")
      #expect(some.text.components(separatedBy: "\r\n").count == 3)
    }
  }

  @Test func `A database holds the same, and can be asked`() async throws {
    try await withResults { folder in
      let path = folder.appending(path: "a.sqlite").path
      let run = try await Program.run("export", folder.appending(path: "bulk").path, "--format", "sqlite", "-o", path)
      #expect(run.status == 0 && run.messages == "")
      let asked = try await Program.shell(
        """
        python3 - \(path) <<'END'
        import sqlite3, sys
        ask = sqlite3.connect(sys.argv[1]).execute
        print(ask("PRAGMA integrity_check").fetchone()[0], ask("PRAGMA journal_mode").fetchone()[0])
        print(ask("SELECT count(*), sum(status = 'failed') FROM reports").fetchone())
        print(ask("SELECT report, value, typeof(value), failed_checks FROM figures WHERE pointer = '/applications/granted/total'").fetchall())
        print(ask("SELECT count(*) FROM figures WHERE value IS NULL AND state = 'missing' AND raw IS NULL").fetchone())
        print(ask("SELECT count(*) FROM figures WHERE column_name = 'amount_wanyuan' AND value > 1286 AND value < 1287").fetchone())
        END
        ls -A \(folder.path)
        """)
      #expect(
        asked.text == """
          ok delete
          (3, 1)
          [(1, 80, 'integer', 0), (2, 81, 'integer', 3)]
          (30,)
          (2,)
          a.sqlite
          bulk
          one.json
          two.json

          """, "\(asked.messages)")
    }
  }

  @Test func `A data package describes its files as they are`() async throws {
    struct Package: Decodable {
      struct Resource: Decodable {
        struct Schema: Decodable {
          struct Field: Decodable { var name: String, type: String }
          var fields: [Field]
        }
        var name: String, path: String, bytes: Int, hash: String, schema: Schema
      }
      var profile: String, resources: [Resource]
    }
    try await withResults { folder in
      let path = folder.appending(path: "package")
      let run = try await Program.run(
        "export", folder.appending(path: "one.json").path, folder.appending(path: "two.json").path, "--format",
        "datapackage", "-o", path.path)
      #expect(run.status == 0 && run.messages == "")
      let package = try JSONDecoder().decode(
        Package.self, from: Data(contentsOf: path.appending(path: "datapackage.json")))
      #expect(package.profile == "tabular-data-package" && package.resources.map(\.name) == ["reports", "figures"])
      for resource in package.resources {
        let content = try Data(contentsOf: path.appending(path: resource.path))
        #expect(content.count == resource.bytes && "sha256:" + Digest.sha256(of: content) == resource.hash)
        let head = try lines(path.appending(path: resource.path))[0]
        #expect(head.components(separatedBy: ",") == resource.schema.fields.map(\.name))
      }
    }
  }

  @Test func `A page for people sums a folder up, and is the same every time`() async throws {
    try await withResults { folder in
      let bulk = folder.appending(path: "bulk").path
      let run = try await Program.run("export", bulk, "--format", "html")
      #expect(run.status == 0 && run.messages == "")
      #expect(run.text.contains(">3 documents</span>") && run.text.contains("80 ≠ 81"))
      let page = folder.appending(path: "page.html")
      #expect(try await Program.run("export", bulk, "--format", "html", "-o", page.path).output.isEmpty)
      #expect(try Data(contentsOf: page) == run.output)
    }
  }

  @Test func `The page is sound in a browser, in light and dark, wide and narrow`() async throws {
    let browser = try #require(
      ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first { FileManager.default.isExecutableFile(atPath: $0) },
      "chromium is not installed; scripts/install-dependencies installs it")
    let run = try await Program.shell(
      "PATH=$PATH:\(URL(filePath: browser).deletingLastPathComponent().path) "
        + "timeout 600 python3 scripts/browser/overview_page.py $gouji")
    #expect(run.status == 0, "\(run.text.suffix(3000)) \(run.messages.suffix(3000))")
    #expect(run.text.contains("the page is as it should be"))
  }

  @Test func `What is torn or foreign is said, and the rest is exported`() async throws {
    try await withResults { folder in
      let run = try await Program.shell(
        """
        cd \(folder.path); (cat one.json; echo '{"format":"gouji.tables/1"}'; head -c 300 one.json | tr -d '\\n') > results.ndjson.open
        mkdir half; mv results.ndjson.open half; : >half/run.part-1-of-2.json; $gouji export half --table reports
        """)
      #expect(run.status == 0)
      #expect(run.text.components(separatedBy: "\r\n").count == 4)
      for code in ["export.unfinished", "export.run_unreadable", "export.tables_left", "export.line_unreadable"] {
        #expect(run.messages.contains("[\(code)]"))
      }
    }
  }

  @Test func `What cannot be done ends with its code and leaves nothing`() async throws {
    try await withResults { folder in
      let run = try await Program.shell(
        """
        cd \(folder.path); mkdir empty out; echo foreign > foreign; code() { "$@" > /dev/null 2>&1; echo $?; }
        code $gouji export empty; code $gouji export foreign --format sqlite -o out/a.sqlite; code $gouji export none
        code $gouji export one.json --format sqlite; code $gouji export one.json --format datapackage -o -
        code $gouji export one.json --format sqlite -o none/a.sqlite; code $gouji export one.json -o none/none
        code $gouji export one.json --format sqlite -o out; code $gouji export foreign -o out
        $gouji export one.json > /dev/full 2> /dev/null; echo $?; ls -A out
        """)
      #expect(run.text == "4\n4\n4\n2\n2\n5\n5\n5\n4\n5\n")
    }
  }
}
