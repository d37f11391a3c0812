import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

/// Programs of a few lines, in the ways in which programs go wrong.
@Suite struct `An external stage` {
  /// What the program `script` (Python, after the handshake's two names are bound) makes of a document with one table.
  private func run(
    _ script: String, timeout: Double = 900, outputLimit: Int = 1 << 20
  ) async throws -> Document {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gouji-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "stage.py")
    let prelude = """
      import json, os, sys, time
      hello = json.loads(sys.stdin.readline())
      def say(value): print(json.dumps(value), flush=True)
      def declare(reads=["tables"], writes=["tables"]): say({"protocol": "gouji.stage/1", "reads": reads, "writes": writes})

      """
    try Data((prelude + script).utf8).write(to: file)
    var options = ExternalStage.Options()
    options.command = [OptionFile(path: "python3"), OptionFile(path: file.path)]
    options.settings = ["word": "勾稽"]
    options.timeout = timeout
    options.outputLimit = outputLimit
    var document = Document(source: Source(uri: "a.pdf"))
    document.tables = [
      Table(
        id: "t1", kind: .text, rows: 1, columns: 1, cells: [Cell(row: 0, column: 0, text: PrintedText("12"))],
        columnEvidence: .placed)
    ]
    try await ExternalStage(options: options).run(&document, in: .trial(stage: "my-own"))
    return document
  }

  /// The code of the failure, and what is said of it.
  private func failure(_ script: String, timeout: Double = 900, outputLimit: Int = 1 << 20) async throws -> String {
    do {
      _ = try await run(script, timeout: timeout, outputLimit: outputLimit)
      return "none"
    } catch let error as ExternalError { return "\(error.code): \(error)" }
  }

  @Test func `It reads the layers that it says it reads, and writes those that it says it writes`() async throws {
    let document = try await run(
      """
      declare()
      document = json.loads(sys.stdin.readline())
      table = document["layers"]["tables"][0]
      table["cells"][0]["text"] = hello["settings"]["word"] + hello["stage"]
      say({"layers": {"tables": [table, table]}, "diagnostics": [{"code": "a.b", "severity": "info", "message": document["format"], "places": []}]})
      """)
    #expect(document.tables?.map { $0.cells.map(\.text.shown) } == [["勾稽my-own"], ["勾稽my-own"]])
    #expect(document.diagnostics.map { "\($0.code) \($0.message)" } == ["a.b gouji.document/1"])
  }

  @Test func `A figure that was given without a place may be given back, and one with a place be new`() async throws {
    let document = try await run(
      """
      declare()
      table = json.loads(sys.stdin.readline())["layers"]["tables"][0]
      table["columns"] = 2
      table["caption"] = None
      table["cells"].append({**table["cells"][0], "column": 1, "text": "13", "places": [{"line": 1, "columns": [1, 2]}]})
      say({"layers": {"tables": [table]}})
      """)
    #expect(document.tables?.first?.cells.map(\.text.shown) == ["12", "13"])
  }

  @Test func `Of layers that it does not read, it sees nothing`() async throws {
    let document = try await run(
      """
      declare(reads=[], writes=["lines"])
      assert json.loads(sys.stdin.readline())["layers"] == {}
      say({"layers": {"lines": []}})
      """)
    #expect(document.lines == [])
    #expect(document.tables?.count == 1)
  }

  @Test func `It may refuse a document with a reason of its own`() async throws {
    let said = try await failure("declare(); say({'error': {'code': 'my.reason', 'message': 'too odd'}})")
    #expect(said == "my.reason: too odd")
  }

  @Test func `A program that ends early is reported with its status and its last words`() async throws {
    let early = try await failure("sys.exit(3)")
    #expect(early.hasPrefix("external.died: ") && early.contains("3"))
    let raised = try await failure("declare(); raise ValueError('no such column')")
    #expect(raised.hasPrefix("external.died: ") && raised.hasSuffix("it said: ValueError: no such column"))
    #expect(try await failure("declare(); os.kill(os.getpid(), 11)").hasPrefix("external.died: "))
    #expect(try await failure("os.close(1); time.sleep(3000)").hasPrefix("external.died: "))
  }

  /// What a program does to start another, which would go on for an hour, in ways that lead out of its group.
  static let starts = [
    "subprocess.Popen(words)", "subprocess.Popen(words, start_new_session=True)",
    "subprocess.Popen(['setsid', '--fork', *words]).wait()",
  ]

  @Test(arguments: starts, ["time.sleep(300)", "say({'layers': {'tables': []}})"])
  func `All that a program started is stopped with it, also in a session of its own`(
    start: String, then: String
  ) async throws {
    let mark = "gouji-orphan-\(UUID().uuidString)"
    let said = try await failure(
      "import subprocess; words = ['sh', '-c', 'sleep 3000; echo \(mark)']; \(start); declare(); \(then)",
      timeout: then.hasPrefix("say") ? 900 : 1)
    #expect(said.hasPrefix(then.hasPrefix("say") ? "none" : "external.timeout: "), "\(said)")
    // What is killed may take a moment to be gone.
    var left = try processes(about: mark)
    for _ in 0..<300 where !left.isEmpty {
      try await Task.sleep(for: .milliseconds(100))
      left = try processes(about: mark)
    }
    #expect(left == [])
  }

  /// The running processes whose arguments hold `mark`.
  private func processes(about mark: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.filter { process in
      ((try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? "").contains(mark)
    }
  }

  @Test func `A program that goes on after its answer is stopped, and its answer is taken`() async throws {
    let document = try await run("declare(); say({'layers': {'tables': []}}); time.sleep(3000)")
    #expect(document.tables == [])
  }

  @Test(arguments: [
    "declare()\nwhile True: sys.stdout.write('x' * 65536)", "while True: print('x' * 65536)",
    "declare()\nwhile True: print(); sys.stdout.flush()",
  ])
  func `A flood is cut off`(script: String) async throws {
    let said = try await failure(script)
    #expect(said.hasPrefix("external.flood: ") || said.hasPrefix("external.bad_answer: "))
  }

  @Test func `A program that fails after its answer is reported`() async throws {
    let failed = try await failure("declare(); say({'layers': {'tables': []}}); sys.exit(3)")
    #expect(failed.hasPrefix("external.died: ") && failed.contains("failed after it had answered (exited(3))"))
    let crashed = try await failure("declare(); say({'layers': {'tables': []}}); os.kill(os.getpid(), 11)")
    #expect(crashed.hasPrefix("external.died: "))
    let thrown = try await failure("declare(); say({'layers': {'tables': []}}); raise ValueError('of mine')")
    #expect(thrown.hasPrefix("external.died: ") && thrown.contains("it said: ValueError: of mine"), "\(thrown)")
    let reasoned = "say({'error': {'code': 'my.reason', 'message': 'no tables'}})"
    #expect(try await failure("declare(); \(reasoned); sys.exit(1)") == "my.reason: no tables")
  }

  @Test func `A flood after the answer is reported, too`() async throws {
    let said = try await failure("declare(); say({'layers': {}})\nwhile True: print('x' * 65536)")
    #expect(said.hasPrefix("external.flood: ") || said.hasPrefix("external.bad_answer: "), "\(said)")
  }

  @Test func `A flood of messages costs nothing`() async throws {
    let document = try await run(
      "declare()\nfor i in range(20000): print('x' * 500, file=sys.stderr)\nsay({'layers': {'tables': []}})")
    #expect(document.tables == [])
  }

  @Test(arguments: [
    ("print('hello', flush=True)", "the handshake"),
    ("say({'protocol': 'gouji.stage/9', 'reads': [], 'writes': []})", "speaks 'gouji.stage/9'"),
    ("say({'protocol': 'gouji.stage/1', 'reads': ['words'], 'writes': []})", "the handshake"),
    ("declare(); print('{', flush=True)", "the answer"),
    ("declare(); say({'layers': {'words': []}})", "there is no such layer"),
    ("declare(); say({'layers': {'lines': []}})", "wrote 'lines' without having said so"),
    ("declare(); say({'layers': {'tables': [{'id': 't'}]}})", "is missing at layers.tables[0]"),
    (
      "declare(); d = json.loads(sys.stdin.readline()); d['layers']['tables'][0]['captoin'] = 'a'; say(d)",
      "no such member: layers.tables[0].captoin"
    ),
    (
      "declare(); d = json.loads(sys.stdin.readline()); d['layers']['tables'][0]['cells'][0]['text'] = '13'; say(d)",
      "the figure '13' in row 0, column 0 of the table 't1' has no place"
    ),
    (
      "declare(writes=['blocks']); say({'layers': {'blocks': [{'kind': 'title', 'text': 'of 2023', 'places': []}]}})",
      "the block 'of 2023' has no place"
    ),
    (
      "declare(writes=['record']); say({'layers': {'record': {'status': 'partial', 'grids': [], 'comparisons': [], 'checks': [], 'repairs': [], 'unexplained': [], 'fields': [{'pointer': '/a', 'value': 3, 'provenance': {'state': 'printed', 'stage': 's', 'places': []}}]}}})",
      "the value 3 at /a has no place"
    ),
    (
      "declare(); say({'layers': {'tables': []}, 'diagnostic': []})",
      "there is no such member; did you mean 'diagnostics'?"
    ),
    ("declare(); say({'layers': {}}); say({'layers': {}})", "wrote more than its answer: '{"),
    ("declare(reads=['blocks']); say({'layers': {}})", "wrote more than its answer: '{"),
    ("print('rows: 12', flush=True)", "no object: 'rows: 12'"),
    ("declare(); say([])", "the answer"), ("declare(); sys.stdout.buffer.write(b'\\xff\\n')", "the answer"),
  ])
  func `A line that is not as it must be is refused, with the place of the fault`(
    script: String, words: String
  ) async throws {
    let said = try await failure(script)
    #expect(said.hasPrefix("external.bad_answer: ") && said.contains(words), "\(said)")
  }

  @Test func `A document that lacks a layer that it reads is left alone`() async throws {
    for end in ["assert sys.stdin.readline() == ''", "json.loads(sys.stdin.readline())"] {
      let document = try await run("declare(reads=['blocks', 'tables'])\n\(end)")
      #expect(document.tables?.count == 1)
      #expect(document.diagnostics.map(\.code) == ["external.nothing_to_read"])
      #expect(document.diagnostics.first?.message.contains("'blocks'") == true)
    }
  }

  @Test func `A program that is not there is said by its name`() async throws {
    var options = ExternalStage.Options()
    for name in ["gouji-no-such-program", "/nowhere/at/all"] {
      options.command = [OptionFile(path: name)]
      let stage = try ExternalStage(options: options)
      var document = Document(source: Source(uri: ""))
      await #expect { try await stage.run(&document, in: .trial()) } throws: { error in
        (error as? ExternalError)?.code == "external.not_started" && "\(error)".contains(name)
      }
    }
  }

  @Test func `Options without a command, or with a limit of nothing, are refused`() {
    #expect(throws: PipelineError.self) { try ExternalStage(options: .init()) }
    var options = ExternalStage.Options()
    options.command = [OptionFile(path: "true")]
    options.timeout = 0
    #expect(throws: PipelineError.self) { try ExternalStage(options: options) }
  }
}
