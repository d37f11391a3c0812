import Foundation
import TestSupport
import Testing

@Suite("gouji bulk and gouji worker") struct BulkTests {
  private let mock = URL(filePath: Program.path).deletingLastPathComponent().appending(path: "MockWorker").path

  @Test func `Documents of a folder and an archive come out as records, each once`() async throws {
    try await withFolder { folder in
      let inputs = folder.appending(path: "in").path
      let run = try await Program.shell(
        """
        mkdir '\(inputs)' && cp '\(try source("yunqi-2023-tab").path)' '\(inputs)/a.txt' &&
        cp '\(try source("yunqi-2023-weasyprint").path)' '\(inputs)/b.pdf' && echo nothing >'\(inputs)/c.bin' &&
        tar -C '\(inputs)' -cf '\(inputs)/d.tar' a.txt && $gouji bulk '\(inputs)' -o '\(folder.path)/out' -j 2
        """)
      #expect(run.status == 0 || run.status == 1, "\(run.messages)")
      let text = try String(contentsOfFile: folder.path + "/out/results.ndjson", encoding: .utf8)
      let records = try text.split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      let whole = records.filter { $0["status"] as? String == "complete" }
      #expect(
        Set(whole.compactMap { $0["id"] as? String })
          == ["\(inputs)/a.txt", "\(inputs)/b.pdf", "\(inputs)/d.tar#0"])
      #expect(whole.allSatisfy { ($0["data"] as? [String: Any])?["year"] as? Int == 2023 })
      let status = try await Program.run("bulk", "--status", folder.path + "/out")
      #expect(status.status == 0)
      #expect((status.json?["counts"] as? [String: Any])?["documents"] as? Int == 4)
    }
  }

  @Test func `A worker answers each request with a line, in order`() async throws {
    let requests = """
      {"v":1,"id":"a","source":{"path":"\(try source("yunqi-2023-tab").path)"}}
      {"v":1,"id":"b","source":{"path":"/nonexistent"}}
      garbage
      {"v":2,"id":"w","source":{"path":"x"}}
      {"v":1,"id":"s","source":"x"}
      {"v":1,"id":7,"source":{"path":"x"}}
      {"v":1,"id":"two","source":{"path":"x","container":"y","entry":1}}
      {"v":1,"id":"c","source":{"path":"\(try source("yunqi-2023-weasyprint").path)"}}
      """
    let run = try await Program.run("worker", input: Data(requests.utf8))
    #expect(run.status == 0, "\(run.messages)")
    let answers = try run.text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(answers.map { $0["id"] as? String } == ["a", "b", nil, "w", "s", nil, "two", "c"])
    #expect(answers[5]["id"] as? Int == 7)
    let isComplete = answers.map { $0["status"] as? String == "complete" }
    #expect(isComplete == [true] + Array(repeating: false, count: 6) + [true])
    #expect(answers[1]["reason"] as? String == "input.unreadable")
    let malformed = answers[2...5].map { $0["reason"] as? String }
    #expect(malformed == Array(repeating: "request.malformed", count: 4))
    #expect(answers[6]["reason"] as? String == "manifest.invalid")
    #expect((answers[6]["message"] as? String)?.contains("not both") == true)
    #expect((answers[7]["record"] as? [String: Any])?["format"] as? String == "gouji.record/1")
  }

  @Test func `A request that is too long, or torn, is answered by its id`() async throws {
    let path = String(repeating: "x", count: 40_000)
    let requests = """
      {"v":1,"id":"long","source":{"path":"\(path)"}}
      {"v":1,"source":{"id":"inner","path":"\(path)"},"id":"la\\"st"}
      {"v":1,"id":"very long","source":{"path":"\(String(repeating: path, count: 30))"}}
      {"v":1, "id" : "torn","source":{"path":"a
      {"v":1,"id":17,"source"
      {"v":1,"source":{"id":"inner"
      """
    let run = try await Program.run("worker", input: Data(requests.utf8))
    let answers = try run.text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(answers.map { $0["id"] as? String } == ["long", "la\"st", "very long", "torn", nil, nil])
    #expect(answers.map { $0["reason"] as? String } == Array(repeating: "request.malformed", count: 6))
  }

  @Test func `Killed at random instants, a run gives the same bytes and leaves no process`() async throws {
    let run = try await Program.shell("scripts/bench/kill 20 \"$(dirname $gouji)\"")
    #expect(run.status == 0, "\(run.text) \(run.messages)")
    #expect(run.text.hasPrefix("20 kills"))
  }

  @Test(arguments: ["INT", "TERM"])
  func `A polite signal ends a run with code 130, and it goes on`(signal: String) async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && mkdir in && for n in 1 2 3; do echo ok $n >in/$n; done && echo hang >in/4
        bulk="$gouji bulk in -o out -p tables -j 1 --worker-program \(mock) --timeout"
        $bulk 60 & await grep -qs '"in/4"' out/attempts
        kill -\(signal) $!; wait $!; echo $?
        ls out; $bulk 1; echo $?; ls out
        """)
      #expect(
        run.text.split(separator: "\n") == [
          "130", "attempts", "lock", "quarantine.ndjson.open", "results.ndjson.open", "run.json",
          "1", "lock", "quarantine.ndjson", "report.html", "results.ndjson", "run.json",
        ], "\(run.messages)")
    }
  }

  @Test func `A full disk ends a run with code 5, and it goes on`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && mkdir in && for n in 1 2 3 4; do head -c 40000 /dev/zero | tr '\\0' $n >in/$n; done
        bulk() { $gouji bulk in -o out -p tables -j 1 --worker-program '\(mock)'; }
        (trap '' XFSZ; ulimit -f 100; bulk); echo $?; wc -l <out/results.ndjson.open
        bulk; echo $?; wc -l <out/results.ndjson
        """)
      #expect(run.text.split { $0.isWhitespace } == ["5", "2", "0", "4"], "\(run.messages)")
    }
  }

  @Test func `A folder for results that vanishes ends a run with code 5`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && mkdir in && echo hang >in/1
        $gouji bulk in -o out -p tables -j 1 --worker-program '\(mock)' --timeout 10 &
        await grep -qs '"in/1"' out/attempts
        rm -r out; wait $!; echo $?; ls
        """)
      #expect(run.text.split { $0.isWhitespace } == ["5", "in"], "\(run.messages)")
      #expect(run.messages.contains("cannot be written"))
    }
  }

  /// What is said of each document: its id and why it has no record.
  private func reasons(_ lines: String) throws -> [String] {
    try lines.split(separator: "\n").map { line in
      let json = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return "\(json["id"] as? String ?? "?") \(json["reason"] as? String ?? "-")"
    }
  }

  @Test func `A list is a manifest, and its limits are those of a run`() async throws {
    try await withFolder { folder in
      let list = try await Program.shell(
        """
        cd '\(folder.path)' && mkdir in && cp '\(try source("yunqi-2023-tab").path)' in/a.txt && cd in &&
        tar -cf b.tar a.txt && tar -cf c.tar b.tar && rm b.tar && cd .. && $gouji list in | tee list
        """)
      #expect(list.status == 0, "\(list.messages)")
      #expect(try reasons(list.text) == ["in/a.txt -", "in/c.tar#0#0 -"])
      let again = try await Program.shell("cd '\(folder.path)' && $gouji list @list")
      #expect(again.text == list.text)
      let shallow = try await Program.shell("cd '\(folder.path)' && $gouji list in --depth 1")
      #expect(try reasons(shallow.text) == ["in/a.txt -", "in/c.tar#0 limit.depth"])
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && $gouji bulk in -o out -p tables -q --depth 1 --entry-bytes 100 --fail-on never &&
        cat out/quarantine.ndjson
        """)
      #expect(run.status == 0, "\(run.messages)")
      #expect(try reasons(run.text).sorted() == ["in/a.txt limit.entry_bytes", "in/c.tar#0 limit.depth"])
      let description = try String(contentsOfFile: folder.path + "/out/run.json", encoding: .utf8)
      #expect(description.contains("\"depth\": 1") && description.contains("\"entry_bytes\": 100"))
    }
  }

  @Test func `A document in an archive is read by its address, as a run does`() async throws {
    try await withFolder { folder in
      let file = try source("yunqi-2023-tab").path
      func gouji(_ words: String) async throws -> Program.Run {
        try await Program.shell("cd '\(folder.path)' && $gouji \(words)")
      }
      let made = try await Program.shell(
        "cd '\(folder.path)' && cp '\(file)' a.txt && tar -cf b.tar a.txt && tar -cf c.tar b.tar")
      #expect(made.status == 0)
      let (plain, packed) = (try await gouji("run a.txt").json, try await gouji("run 'c.tar#0#0'").json)
      #expect(plain?["data"] as? NSDictionary == packed?["data"] as? NSDictionary)
      let source = packed?["source"] as? [String: Any]
      #expect(source?["uri"] as? String == "c.tar#0#0")
      #expect((source?["member"] as? [String: Any])?["container"] as? String == "c.tar#0")
      #expect(try await gouji("explain 'c.tar#0#0' /year").status == 0)
      #expect(try await gouji("inspect 'b.tar#0'").text.contains("b.tar#0"))
      #expect(try await gouji("run 'b.tar#7'").status == 4)
      #expect(try await gouji("run 'none.tar#0'").status == 4)
      #expect(try await gouji("run 'b.tar#0' -o b.tar").status == 2)
      // A file that is called so is meant.
      try FileManager.default.copyItem(atPath: file, toPath: folder.path + "/b.tar#0")
      #expect((try await gouji("run 'b.tar#0'").json?["source"] as? [String: Any])?["member"] is NSNull)
    }
  }

  @Test func `A pipeline that is another one, and a folder without inputs, are refused`() async throws {
    try await withFolder { folder in
      let source = try source("yunqi-2023-tab").path
      let first = try await Program.run("bulk", source, "-o", folder.path, "-p", "tables")
      #expect(first.status == 0, "\(first.messages)")
      let second = try await Program.run("bulk", source, "-o", folder.path)
      #expect(second.status == 2)
      #expect(second.messages.contains("--fresh"))
      #expect(try await Program.run("bulk", source, "-o", folder.path, "--fresh").status == 0)
      #expect(try await Program.run("bulk", "-o", folder.path).status == 2)
      #expect(try await Program.run("bulk", source).status == 2)
      #expect(try await Program.run("bulk", source, "-o", folder.path, "--shard", "3/2").status == 2)
      #expect(try await Program.run("bulk", source, "-o", "/proc/nothing/here").status == 5)
    }
  }

  @Test func `Shards name the files that they write, and their page has the slowest of all`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && mkdir in && for n in 1 2 3 4 5 6; do echo ok $n >in/$n; done && echo hang >in/late
        for n in 0 1; do
          JOB_COMPLETION_INDEX=$n JOB_COMPLETION_COUNT=2 $gouji bulk in -o out -p tables --worker-program '\(mock)' \
            --timeout 20 --shard env --fail-on never || exit
        done
        cat out/results.part-*-of-2.ndjson out/quarantine.part-*-of-2.ndjson | wc -l
        sed -n '/Slowest documents/,$p' out/report.html | grep -o '<td>in/[a-z0-9]*' | cut -c5-
        $gouji bulk in -o out -p tables --worker-program '\(mock)' --shard 1/2 --retry limit.tmie --fail-on never
        """)
      #expect(run.status == 0, "\(run.messages)")
      let words = run.text.split { $0.isWhitespace }.map(String.init)
      #expect(words.prefix(2) == ["7", "in/late"], "\(run.text)")
      #expect(Set(words.dropFirst()) == Set(["late", "1", "2", "3", "4", "5", "6"].map { "in/\($0)" }))
      for words in [
        "see out/results.part-1-of-2.ndjson", "see out/results.part-2-of-2.ndjson",
        "nothing in out failed for a reason that is to be tried again: limit.tmie",
      ] {
        #expect(run.messages.contains(words), "\(run.messages)")
      }
    }
  }

  @Test func `A task of Slurm whose time is over is queued again, goes on, and is not when all is done`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        example=$PWD/Examples/slurm.sbatch; cd '\(folder.path)' && mkdir in bin && echo ok >in/1 && echo hang >in/2
        printf '#!/bin/bash\nexec \(Program.path) "$@" -p tables --worker-program \(mock) --timeout $SECONDS_EACH' >bin/gouji
        printf '#!/bin/bash\necho scontrol "$@"' >bin/scontrol
        chmod +x bin/*; export PATH=$PWD/bin:$PATH RESULTS=$PWD/out
        export SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=1 SLURM_CPUS_PER_TASK=1 SLURM_JOB_ID=17
        SECONDS_EACH=600 bash "$example" in & await grep -qs '"in/2"' out/attempts.part-1-of-1
        kill -USR1 $!; wait $!; echo $?
        SECONDS_EACH=1 bash "$example" in; echo $?; cat out/*.ndjson | wc -l
        """)
      #expect(
        run.text.split(separator: "\n") == ["scontrol requeue 17", "130", "0", "2"], "\(run.text) \(run.messages)")
    }
  }

  @Test func `What runs and stores have made is no input, for a list as for a run`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && mkdir in && cp '\(try source("yunqi-2023-tab").path)' in/a.txt && touch in/.DS_Store &&
        $gouji run -q in/a.txt --store in/.gouji -o r.json && $gouji run -q in/a.txt --store in/store -o r.json &&
        $gouji bulk in -o in/out -p tables && $gouji bulk in -o in/out -p tables && wc -l <in/out/results.ndjson
        ls in/out; $gouji list -q in
        """)
      #expect(run.status == 0, "\(run.messages)")
      let lines = run.text.split(separator: "\n")
      #expect(lines.first == "1" && !lines.contains("quarantine.ndjson.open"))
      #expect(try reasons(String(lines.last ?? "")) == ["in/a.txt -"])
      for words in ["in: 2 hidden files or folders are left out", "in/store: a store", "in/out: results of a bulk run"]
      {
        #expect(run.messages.contains(words), "\(run.messages)")
      }
      #expect(!run.messages.contains("came more than once"))
      let same = try await Program.shell("cd '\(folder.path)' && ln -s in here && $gouji bulk in -o here")
      #expect(same.status == 2 && same.messages.contains("'here' is the input 'in'"), "\(same.messages)")
    }
  }

  @Test func `A manifest that has changed, or gives one id to two documents, is noticed`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && cp '\(try source("yunqi-2023-tab").path)' a.txt && echo b >b.txt
        line() { echo '{"v":1,"id":"'$1'","source":{"path":"'$2'"}}'; }
        line x a.txt >m; $gouji bulk @m -o out -p tables; echo $?
        line x b.txt >m; $gouji bulk @m -o out -p tables; echo $?
        line x a.txt | $gouji bulk - -o in -p tables; echo $?; line x b.txt | $gouji bulk - -o in -p tables; echo $?
        (line x a.txt; line x b.txt) >m; $gouji bulk @m -o two -p tables; echo $?; wc -l <two/results.ndjson
        """)
      #expect(run.text.split { $0.isWhitespace } == ["0", "2", "0", "2", "4", "1"], "\(run.messages)")
      #expect(run.messages.contains("not the same: manifests"))
      #expect(run.messages.contains("x is not what it was when its result was made"))
      #expect(run.messages.contains("b.txt has the id 'x', as another document has"))
    }
  }

  @Test func `A page of a crawl that is no report is told from reports that lack something`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && echo '<html><body><h1>Weather</h1><p>It rained on 3 days.</p></body></html>' >a.html
        head -30 '\(try source("yunqi-2023-tab").path)' >b.txt; $gouji bulk a.html b.txt -o out; echo $?
        cat out/quarantine.ndjson; grep -c '"id":"b.txt".*"status":"partial"' out/results.ndjson
        """)
      let lines = run.text.split(separator: "\n").map(String.init)
      #expect(lines.first == "1" && lines.last == "1", "\(run.text)")
      #expect(try lines.count == 3 && reasons(lines[1]) == ["a.html record.incomplete"], "\(run.text)")
    }
  }

  @Test func `Less memory than a worker takes to start is refused at once`() async throws {
    for command in ["bulk x -o y", "worker"] {
      let run = try await Program.shell("$gouji \(command) --memory 64 </dev/null")
      #expect(run.status == 2)
      #expect(run.messages.contains("--memory: a number of MB from "), "\(run.messages)")
      let least = run.messages.split(separator: " ").compactMap { Int($0) }.first { $0 > 64 } ?? 0
      #expect((65...512).contains(least))
      // That is enough for a small document.
      let request = #"{"v":1,"id":"a","source":{"path":"\#(try source("yunqi-2023-tab").path)"}}"#
      let worker = try await Program.run("worker", "--memory", "\(least)", input: Data((request + "\n").utf8))
      #expect(worker.status == 0 && worker.text.contains(#""id":"a","status":"#), "\(worker.messages)")
    }
  }

  @Test func `A stage that is another program works in the jail, and ends with whoever runs it`() async throws {
    try await withFolder { folder in
      let mark = "gouji-orphan-\(UUID().uuidString)"
      let script = """
        import json, subprocess, sys
        hello = json.loads(sys.stdin.readline())
        say = lambda value: print(json.dumps(value), flush=True)
        say({"protocol": hello["protocol"], "reads": ["tables"], "writes": ["tables"]})
        document = json.loads(sys.stdin.readline())
        if len(document["layers"]["tables"]) == 1:
            subprocess.run(["sh", "-c", "sleep 3000; echo \(mark)"])
        import os, socket
        deeds = [lambda: open("/tmp/\(mark)", "w"), socket.socket, lambda: os.setxattr("/tmp", "user.x", b"1"),
                 lambda: os.removexattr("/tmp", "user.x"), lambda: os.kill(1, 0), lambda: os.setsid()]
        for deed in deeds if len(document["layers"]["tables"]) != 1 else []:
            try: deed(); sys.exit(9)
            except OSError: pass
        say({"layers": {"tables": document["layers"]["tables"]}})
        """
      try Data(script.utf8).write(to: folder.appending(path: "stage.py"))
      let example = Checkout.root.appending(path: "Pipelines/external-example/pipeline.yaml")
      let pipeline = try String(contentsOf: example, encoding: .utf8)
      let own = pipeline.replacing("keep_long_tables.py", with: "stage.py")
      try Data(own.replacing("options: { command", with: "options: { timeout: 30, command").utf8)
        .write(to: folder.appending(path: "p.yaml"))
      // Where time is not to end it, however long it takes to be found.
      try Data(own.replacing("options: { command", with: "options: { timeout: 600, command").utf8)
        .write(to: folder.appending(path: "patient.yaml"))
      // Who looks for it does not bear it.
      try Data(mark.utf8).write(to: folder.appending(path: "mark"))
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && cp '\(try source("yunqi-2023-tab").path)' a.txt && printf 'x\\ty\\n1\\t2\\n3\\t4\\n' >b.txt
        $gouji bulk a.txt b.txt -o out -p external-example; echo $?
        $gouji bulk a.txt b.txt -o own -p ./p.yaml -j 1; echo $?; cat own/quarantine.ndjson; wc -l own/results.ndjson
        mkfifo fifo; borne() { grep -qsf mark /proc/[0-9]*/cmdline; }; gone() { ! borne; }
        for signal in TERM HUP KILL; do
          for command in "worker" "run b.txt" "tables b.txt"; do
            sleep 8 >fifo 2>/dev/null & echo '{"v":1,"id":"b","source":{"path":"b.txt"}}' >fifo &
            $gouji $command -p ./patient.yaml <fifo >/dev/null & process=$!
            await borne
            kill -$signal $process; wait $process; echo $?
            await gone; grep -lsf mark /proc/[0-9]*/cmdline
          done
        done
        """)
      let lines = run.text.split(separator: "\n").map(String.init)
      #expect(lines.count == 13 && lines.prefix(2) == ["0", "1"] && lines[3] == "1 own/results.ndjson", "\(run.text)")
      #expect(lines[2].contains(#""reason":"external.timeout""#), "\(run.text)")
      #expect(
        lines.suffix(9) == ["143", "143", "143", "129", "129", "129", "137", "137", "137"],
        "\(run.text) \(run.messages)")
    }
  }

  @Test func `An input that is not there is said, and the others are done`() async throws {
    try await withFolder { folder in
      let source = try source("yunqi-2023-tab").path
      let run = try await Program.run("bulk", source, "/nonexistent", "-o", folder.path)
      #expect(run.status == 4)
      #expect(run.messages.contains("/nonexistent"))
      #expect(try String(contentsOfFile: folder.path + "/results.ndjson", encoding: .utf8).contains("complete"))
    }
  }
}
