import Foundation
import TestSupport
import Testing

/// Documents that are odd, broken, or something else altogether.
@Suite struct `An odd document` {
  private func run(_ bytes: Data, named name: String = "input", _ options: String...) async throws -> Program.Run {
    try await withFolder { folder in
      let file = folder.appending(path: name)
      try bytes.write(to: file)
      return try await Program.shell("$gouji run \(file.path) " + options.joined(separator: " "))
    }
  }

  private func expectUnreadable(_ run: Program.Run, _ words: String) {
    #expect(run.status == 4)
    #expect(run.output.isEmpty)
    #expect(run.messages.contains(words), "\(run.messages)")
  }

  @Test func `A missing file cannot be read`() async throws {
    expectUnreadable(try await Program.run("run", "there/is/none.pdf"), "there/is/none.pdf: no such file")
  }

  @Test func `A folder cannot be read`() async throws {
    try await withFolder { folder in
      expectUnreadable(try await Program.run("run", folder.path), "is a folder")
    }
  }

  @Test func `An empty file and an empty standard input cannot be read`() async throws {
    expectUnreadable(try await run(Data()), "is empty")
    expectUnreadable(try await Program.run("run", "-"), "is empty")
  }

  @Test(
    arguments: [
      "cat SOURCE | $gouji run /dev/stdin", "$gouji run /dev/stdin < SOURCE", "$gouji run <(cat SOURCE)",
      "mkfifo FOLDER/f && { cat SOURCE > FOLDER/f & } && $gouji run FOLDER/f",
    ])
  func `A pipe under any name is read to its end`(line: String) async throws {
    let path = try source("yunqi-2023-weasyprint").path
    let whole = try await Program.run("run", path)
    try await withFolder { folder in
      let run = try await Program.shell(
        line.replacing("SOURCE", with: path).replacing("FOLDER", with: folder.path))
      #expect(run.status == 0, "\(run.messages)")
      #expect((run.json?["data"] as? NSDictionary) == (whole.json?["data"] as? NSDictionary))
    }
  }

  @Test(arguments: ["$gouji run /dev/null", "$gouji run <(true)"])
  func `A pipe or device without bytes is said to be empty`(line: String) async throws {
    expectUnreadable(try await Program.shell(line), "is empty")
  }

  @Test func `A document without a name cannot be read`() async throws {
    expectUnreadable(try await Program.run("run", ""), "the name of the document is empty")
  }

  @Test func `Bytes of no known kind cannot be read`() async throws {
    var state: UInt64 = 7
    let junk = (0..<3000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    expectUnreadable(try await run(Data(junk), named: "report.txt"), "binary")
  }

  @Test func `A text that is named like a PDF is read as a text`() async throws {
    let run = try await run(try Data(contentsOf: try source("yunqi-2023-tab")), named: "report.pdf")
    #expect(run.status == 0)
    #expect((run.json?["source"] as? [String: Any])?["media_type"] as? String == "text/plain")
    #expect(run.json?["status"] as? String == "complete")
  }

  @Test(arguments: ["yunqi-2023-weasyprint", "yunqi-2023-libreoffice"], [10, 60, 95])
  func `A PDF that is cut off gives a partial record or is refused with a reason`(id: String, percent: Int) async throws
  {
    let whole = try Data(contentsOf: try source(id))
    let run = try await run(whole.prefix(whole.count * percent / 100))
    if run.status == 4 {
      #expect(run.output.isEmpty)
      #expect(run.messages.contains("damaged"))
    } else {
      #expect([0, 1].contains(run.status))
      #expect(run.diagnostics.contains("pdf.damaged"))
      #expect(run.json?["status"] as? String == "partial")
    }
  }

  @Test func `A Word file that lost what lies behind its text gives a partial record`() async throws {
    let whole = try Data(contentsOf: try source("yunqi-2023-docx"))
    let end = try #require(whole.range(of: Data([0x50, 0x4B, 1, 2]))?.lowerBound)
    let run = try await run(whole.prefix(end))
    #expect(run.diagnostics.contains("docx.damaged"))
    #expect(run.json?["status"] as? String == "partial")
  }

  @Test func `A PDF without text gives a partial record that says so`() async throws {
    let run = try await run(SmallPDF("20 20 100 50 re f").data)
    #expect(run.status == 1)
    #expect(run.json?["status"] as? String == "partial")
    #expect(run.diagnostics.contains("pdf.no_text"))
    #expect(run.failedChecks.contains("M-01"))
  }

  @Test func `A PDF that is a picture of text is not called one without text`() async throws {
    // Five times the letter H of five by seven squares, two pixels each.
    let letter = ["10001", "10001", "10001", "11111", "10001", "10001", "10001"]
    let row = { (bits: String) in
      let squares = bits.map { $0 == "1" ? "0000" : "FFFF" }.joined() + "FFFF"
      let paper = String(repeating: "FF", count: 70)
      return String(repeating: paper + String(repeating: squares, count: 5) + paper, count: 2)
    }
    let paper = String(repeating: String(repeating: "FF", count: 200), count: 43)
    var pdf = SmallPDF("q 200 0 0 100 0 0 cm /I1 Do Q")
    pdf.picture = (
      "/Width 200 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /ASCIIHexDecode",
      paper + letter.map(row).joined() + paper + ">"
    )
    let run = try await run(pdf.data)
    #expect(run.diagnostics.contains("ocr.recognised"))
    #expect(!run.diagnostics.contains("pdf.no_text"))
    try await withFolder { folder in
      try pdf.data.write(to: folder.appending(path: "a.pdf"))
      let bulk = try await Program.shell(
        "cd '\(folder.path)' && $gouji bulk a.pdf -o out >&2; cat out/*.ndjson")
      #expect(bulk.text.contains("ocr.recognised") && !bulk.text.contains("pdf.no_text"), "\(bulk.text)")
    }
  }

  @Test func `A PDF that needs a password is told from one that is broken`() async throws {
    var pdf = SmallPDF("")
    // The standard security handler, revision 2, for the password "secret" (ISO 32000-1, 7.6.3).
    pdf.trailerEntries = """
      /Encrypt << /Filter /Standard /V 1 /R 2 /P -4
      /O <e5a8d2687bd9d0cff946b7ac55f51081dcf0d116554c4bfcb0a5e446f69ea48a>
      /U <500390af18e6589c9c4e892bccd305a22218aa538320459ed02abbcb4dbc2de8> >>
      /ID [<676f756a69> <676f756a69>]
      """
    for options in ["", "--password wrong"] {
      let refused = try await run(pdf.data, named: "closed.pdf", options)
      #expect(refused.status == 8)
      #expect(refused.output.isEmpty)
      #expect(refused.messages.contains("password"))
    }
    #expect(try await run(pdf.data, named: "closed.pdf", "--password secret").status == 1)
  }

  @Test func `Only who asks for the second reader needs its library`() async throws {
    let pipeline = "pipeline: second\nformat: 1\nstages:\n  - use: read\n    options: { pdfReader: glib }\n"
    try await withFolder { folder in
      try Data(pipeline.utf8).write(to: folder.appending(path: "second.yaml"))
      try Data().write(to: folder.appending(path: "libpoppler-glib.so.8"))
      let pdf = folder.appending(path: "small.pdf").path
      try SmallPDF("").data.write(to: URL(filePath: pdf))
      let line = "LD_LIBRARY_PATH=\(folder.path) $gouji run \(pdf)"
      let refused = try await Program.shell(line + " -p \(folder.path)/second.yaml")
      #expect(refused.status == 3)
      #expect(refused.messages.contains("file too short"))
      #expect(refused.messages.contains("[reader.missing]"))
      let other = try await Program.shell("LD_DEBUG=files " + line)
      #expect(other.status == 1)
      #expect(other.messages.contains("libpoppler.so") && !other.messages.contains("libpoppler-glib"))
    }
  }

  @Test(arguments: ["json", "csv", "html", "markdown"])
  func `A document without a table is said to have none, and the answer is empty`(format: String) async throws {
    let input = Data("Minutes of a meeting.\n\nNothing was decided.\n".utf8)
    let run = try await Program.run("tables", "--format", format, "-", input: input)
    #expect(run.status == 0)
    #expect(run.messages.contains("no table"))
    if format == "csv" || format == "markdown" { #expect(run.output.isEmpty) }
  }

  @Test func `Who gives something else than a report is told of the tables`() async throws {
    let other = try await run(Data("Minutes of a meeting.\n\nNothing was decided.\n".utf8))
    #expect(other.messages.contains("gouji tables"))
    let report = try await Program.run("run", try source("yunqi-2023-weasyprint").path)
    #expect(!report.messages.contains("gouji tables"))
  }

  @Test func `A report of another kind gives no figures and fails`() async throws {
    let budget = """
      临溪镇收支预算说明

      一、收入预算
      本年收入预算合计1203万元，其中财政拨款1100万元。

      科目	本年预算	上年预算
      工资福利支出	530	512
      商品和服务支出	241	260
      总计	771	772
      """
    let run = try await run(Data(budget.utf8))
    #expect(run.status == 1)
    #expect(run.json?["status"] as? String == "partial")
    #expect(run.failedChecks.contains("M-01"))
    let data = try #require(run.json?["data"] as? [String: Any])
    for part in ["disclosure", "applications", "proceedings"] {
      let rows = data[part] as? [String: [String: Any]] ?? [:]
      let figures = rows.values.flatMap(\.values).filter { !($0 is NSNull) }
      #expect(figures.isEmpty, "\(part) is invented: \(figures)")
    }
    #expect(data["form"] as? String == "unknown")
  }

  @Test(arguments: ["\0", "\n", "\u{FEFF}", "%PDF-", "%PDF-1.7\n%%EOF", "|||||\n|||||\n", "一、\n二、\n", "\t\t\t\n\t\t"])
  func `A few odd bytes never stop the program in its tracks`(text: String) async throws {
    let run = try await run(Data(text.utf8))
    #expect(Program.documented.contains(run.status), "\(run.status): \(run.messages)")
    #expect(run.status != 0)
    #expect(!run.messages.isEmpty)
  }
}
