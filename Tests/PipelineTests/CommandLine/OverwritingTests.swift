import Foundation
import TestSupport
import Testing

/// What a command reads is as it was when it has ended, whatever the output is called.
@Suite struct `A file that is read is not written over` {
  /// Copies of a document (`a.txt`), its record (`r.json`) and what else can be named, and a link of each kind to each.
  private func withFiles(_ body: (URL) async throws -> Void) async throws {
    try await withFolder { folder in
      let made = try await Program.shell(
        """
        cd '\(folder.path)' && cp '\(try source("yunqi-2023-tab").path)' a.txt && $gouji run -q a.txt -o r.json &&
        cp r.json r.csv.open && mkdir in && cp r.json in/figures.csv && mkdir out && cp r.json out/results.ndjson &&
        cp -r '\(Checkout.root.path)/Pipelines/annual-report' p && : >c.ndjson && echo secret >w
        for f in a.txt r.json c.ndjson p/pipeline.yaml; do ln -s $f s-$(basename $f); ln $f h-$(basename $f); done
        """)
      #expect(made.status == 0, "\(made.messages)")
      try await body(folder)
    }
  }

  private let refused = [
    "run a.txt -o a.txt", "run a.txt -o ./s-a.txt", "run a.txt -o h-a.txt", "run - -o a.txt <a.txt",
    "run a.txt -p ./p -o p/pipeline.yaml", "run a.txt -p ./p -o h-pipeline.yaml",
    "run a.txt -p ./p -o p/vocabulary.yaml",
    "run a.txt --corrections c.ndjson -o s-c.ndjson", "run a.txt --password-file w -o w", "run a.txt >>a.txt",
    "tables a.txt -o s-a.txt --format csv", "tables a.txt -p ./p -o p/pipeline.yaml", "inspect a.txt -o h-a.txt",
    "export r.json -o r.json --table figures", "export r.json --format sqlite -o s-r.json",
    "export r.json --format html -o h-r.json", "export r.csv.open -o r.csv --table reports",
    "export r.csv.open -o r.csv --format sqlite", "export in/figures.csv -o in",
    "export in/figures.csv --format datapackage -o in", "export out -o out/results.ndjson --table figures",
    "export r.json >>r.json", "export - -o r.json --format html <r.json", "audit r.json -o r.json",
    "audit r.json -o s-r.json", "audit r.json -p p/pipeline.yaml -o p/audit.yaml", "diff r.json h-r.json >>r.json",
    "bulk out/results.ndjson -o out --fresh", "bulk @out/results.ndjson -o out --fresh",
  ]

  @Test func `It is refused with code 2, also through a link`() async throws {
    try await withFiles { folder in
      let digests = "cd '\(folder.path)' && find . -type f | sort | xargs sha256sum && find . -type l | sort"
      let before = try await Program.shell(digests).text
      for line in refused {
        let run = try await Program.shell("cd '\(folder.path)' && $gouji \(line)")
        #expect(run.status == 2, "\(line): \(run.messages)")
        #expect(run.messages.contains("would be written over"), "\(line): \(run.messages)")
      }
      #expect(try await Program.shell(digests).text == before)
    }
  }

  private let allowed = [
    "run a.txt -o b.json", "run a.txt -p ./p -o p/b.json", "export r.json in/figures.csv -o csv",
    "audit r.json -o in/b.txt",
    "export out --format html -o out/report.html", "export out --format html -o out/report.html", "export out -o out",
    "export out -o out", "diff r.json h-r.json >b", "run a.txt </dev/null >/dev/null",
    "bulk out/results.ndjson -o other --fail-on never",
  ]

  @Test func `Other files may be written, also beside it`() async throws {
    try await withFiles { folder in
      for line in allowed {
        let run = try await Program.shell("cd '\(folder.path)' && $gouji \(line)")
        #expect(run.status == 0, "\(line): \(run.messages)")
      }
    }
  }
}
