import Foundation
import TestSupport
import Testing

/// Old Word files, with stand-ins for the program that converts them, and with the real one where it is installed.
@Suite("Documents that another program converts") struct ConversionTests {
  private static let hasOffice = ["soffice", "libreoffice"].contains { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// What begins as old Word files do, and is none.
  private var old: Data {
    let head = Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + Data(count: 500)
    return head + Data("WordDocument".utf8.reduce(into: [UInt8]()) { $0 += [$1, 0] })
  }

  /// Runs a line of shell in a folder with `old.doc`, `quick.yaml`, a pipeline that has patience for a second, `tmp` for
  /// what is temporary, and in `bin`, which comes first, the stand-in, a script in which `$made` is the file to make, and
  /// `$mark` a word that `left` looks for in the processes that are left.
  private func shell(_ standIn: String, _ line: String) async throws -> Program.Run {
    try await withFolder { folder in
      let bin = folder.appending(path: "bin")
      for name in ["bin", "tmp"] {
        try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
      }
      try old.write(to: folder.appending(path: "old.doc"))
      try FileManager.default.copyItem(at: try source("yunqi-2023-docx"), to: bin.appending(path: "report.docx"))
      let quick = "pipeline: quick\nformat: 1\nstages: [{use: read, options: {conversionTimeout: 1}}]\n"
      try Data(quick.utf8).write(to: folder.appending(path: "quick.yaml"))
      try Data("gouji-mark-\(UUID().uuidString)\n".utf8).write(to: bin.appending(path: "mark"))
      let script =
        "#!/bin/bash\nbin=$(dirname \"$0\")\nwhile [[ $1 != --outdir ]]; do shift; done\nmade=$2/source.docx mark=$(<$bin/mark)\n"
      try Data("\(script)\(standIn)\n".utf8).write(to: bin.appending(path: "soffice"))
      return try await Program.shell(
        """
        export GOUJI_PIPELINES=$PWD/Pipelines TMPDIR='\(folder.path)/tmp'; cd '\(folder.path)' && chmod +x bin/soffice &&
        PATH=$PWD/bin:$PATH; left() { grep -al -f bin/mark /proc/[0-9]*/cmdline; ls tmp; }; { \(line); }
        """)
    }
  }

  @Test func `Without having been asked, nothing is converted, and it is said how to ask`() async throws {
    let run = try await shell("touch \"$bin/started\"", "$gouji run old.doc; code=$?; ls bin; exit $code")
    #expect(run.status == 4 && run.messages.contains("media.unsupported") && run.messages.contains("--convert"))
    #expect(!run.text.contains("started"))
  }

  @Test func `What was converted is read, and the record is one of the original`() async throws {
    let run = try await shell(
      "cp \"$bin/report.docx\" \"$made\"", "$gouji run old.doc --convert; sha256sum old.doc >&2; ls tmp >&2")
    let direct = try await Program.run("run", try source("yunqi-2023-docx").path)
    for member in ["data", "checks", "provenance"] {
      #expect(run.json?[member] as? NSObject == direct.json?[member] as? NSObject, "\(run.messages)")
    }
    #expect(run.diagnostics.contains("input.converted") && !direct.diagnostics.contains("input.converted"))
    let source = run.json?["source"] as? [String: Any]
    #expect(source?["media_type"] as? String == "application/msword")
    #expect(run.messages == "\(source?["sha256"] as? String ?? "-")  old.doc\n")
  }

  @Test func `A store tells runs that may convert from those that may not`() async throws {
    let run = try await shell(
      "echo a >>\"$bin/started\"; cp \"$bin/report.docx\" \"$made\"",
      """
      for i in 1 2; do $gouji run old.doc --convert --store s >$i.json || exit 9; done; cmp 1.json 2.json &&
      $gouji run bin/report.docx --store s >/dev/null && $gouji why bin/report.docx read --store s --convert || exit 8
      echo 'ProductKey=Office 1' >bin/bootstraprc; echo 'buildid=2' >bin/versionrc
      why() { $gouji why old.doc read --store s $*; }; why --convert && why && $gouji run old.doc --store s
      """)
    let parts = ["taken from the store", "converter: LibreOffice -> Office 1 (build 2)", "LibreOffice -> not allowed"]
    #expect(run.status == 4 && parts.allSatisfy(run.text.contains), "\(run.status) \(run.text) \(run.messages)")
  }

  @Test func `Where there is no program, it is said what installs it`() async throws {
    let run = try await shell("", "PATH=$PWD/tmp; $gouji run old.doc --convert")
    #expect(run.status == 3 && run.messages.contains("converter.missing") && run.messages.contains("apt-get install"))
  }

  @Test(arguments: [
    ("echo 'no such filter' >&2; exit 3", "3; it said: no such filter"), ("kill -SEGV $$", "signal 11"),
    ("ln -s \"$bin/report.docx\" \"$made\"", "it made no file"), ("mkfifo \"$made\"", "it made no file"),
    ("mkdir \"$made\"", "it made no file"), ("echo text >\"$made\"", "no Word file"),
    ("cp \"$bin/report.docx\" \"$made\"; exit 1", "it ended with 1"),
    ("cp \"$bin/report.docx\" \"$made\"; kill -KILL $$", "signal 9"),
    ("cp \"$2\"/source.doc \"$made\"", "no Word file"),
  ])
  func `A program that makes no Word file has failed`(standIn: String, reason: String) async throws {
    let run = try await shell(standIn, "$gouji run old.doc --convert; code=$?; ls tmp; exit $code")
    #expect(run.status == 4 && run.messages.contains("converter.failed"), "\(run.messages)")
    #expect(run.messages.contains(reason), "\(run.messages)")
    #expect(run.text == "")
  }

  @Test(arguments: ["", "; exit 0"])
  func `A file that was cut where it became too large is not read`(after: String) async throws {
    let run = try await shell(
      "head -c 300m /dev/zero >\"$made\"" + after, "$gouji run old.doc --convert; code=$?; ls tmp; exit $code")
    #expect(run.status == 4 && run.messages.contains("limit.output"), "\(run.messages)")
    #expect(run.text == "")
  }

  @Test func `Whoever started the run may have it ignore the ends of what it starts`() async throws {
    let run = try await shell(
      "cp \"$bin/report.docx\" \"$made\"", "env --ignore-signal=CHLD $gouji run old.doc --convert")
    #expect(run.diagnostics.contains("input.converted"), "\(run.messages)")
  }

  @Test func `It reads and changes only what is its own`() async throws {
    let run = try await shell(
      """
      cp "$bin/report.docx" "$made"
      if (: >"$bin/changed") 2>/dev/null; then exit; fi
      for file in "$bin/../old.doc" /etc/hostname /dev/tty; do
        if (: <"$file") 2>/dev/null; then echo "it read $file" >&2; exit 1; fi
      done
      chmod 000 "$bin/report.docx"; touch "$bin/mark"
      """,
      """
      touch -d @0 bin/mark; looks() { stat -c '%a %Y' bin/*; }; before=$(looks); $gouji run old.doc --convert; code=$?
      [[ -e bin/changed ]] && echo written >&2; [[ $(looks) == $before ]] || echo changed >&2; exit $code
      """)
    // Without Landlock it can, and that is said.
    let isSaid = run.diagnostics.contains("converter.unbound")
    #expect(run.status == 0 && run.messages == (isSaid ? "written\nchanged\n" : ""), "\(run.messages)")
  }

  @Test func `It reaches nobody who listens on this machine, and no terminal`() async throws {
    let run = try await shell(
      """
      PATH=/usr/bin; python3 - "$bin/socket" >&2 <<END
      import os, socket, sys
      for kind in socket.SOCK_STREAM, socket.SOCK_DGRAM:
          try: socket.socket(socket.AF_UNIX, kind).connect(sys.argv[1])
          except OSError as error: print(type(error).__name__, end=" ")
      print("leads" if os.getsid(0) in (os.getpid(), os.getppid()) else "follows", end=" ")
      END
      """,
      """
      python3 -c 'import socket, time; s = socket.socket(socket.AF_UNIX); s.bind("bin/socket"); s.listen(); time.sleep(60)' &
      await test -S bin/socket; $gouji run old.doc --convert; code=$?; kill $!; exit $code
      """)
    #expect(run.messages.contains("it said: ConnectionRefusedError PermissionError leads"), "\(run.messages)")
  }

  @Test func `One that is too slow is ended with all that it started, and leaves nothing`() async throws {
    let run = try await shell(
      "setsid sh -c 'sleep 900; echo '$mark & (trap '' TERM HUP; sh -c 'sleep 900; echo '$mark)",
      "$gouji tables old.doc -p quick.yaml --convert; code=$?; left; exit $code")
    #expect(run.status == 4 && run.messages.contains("converter.timeout"), "\(run.messages)")
    #expect(run.text == "")
  }

  @Test(arguments: ["KILL", "TERM"])
  func `When the run itself is ended, the program ends, and nothing is left`(signal: String) async throws {
    let run = try await shell(
      "touch \"$2/there\"; sh -c 'sleep 900; echo '$mark",
      """
      $gouji run old.doc --convert & await eval '[ -e tmp/*/there ]' && kill -\(signal) $! && wait $!
      gone() { [[ -z $(left) ]]; }; await gone || left
      """)
    #expect(run.status == 0 && run.text == "", "\(run.text) \(run.messages)")
  }

  @Test func `It reaches no network, and is told nothing that is secret`() async throws {
    let run = try await shell(
      """
      exec >&2; (: </dev/tcp/127.0.0.1/9) 2>&1 | grep -q 'not permitted' || { echo network; exit; }
      [[ -z $SECRET && $HOME == "$2" && $TMPDIR == "$2" ]] || { echo told; exit; }
      echo confined
      """, "export SECRET=1; $gouji run old.doc --convert")
    #expect(run.messages.contains("it said: confined"), "\(run.messages)")
  }

  @Test func `Workers do not convert, and their answer says who does`() async throws {
    let run = try await shell("", "$gouji bulk old.doc -o out --fail-on never; cat out/quarantine.ndjson")
    #expect(run.text.contains(#""reason":"media.unsupported""#) && run.text.contains("--convert"), "\(run.text)")
  }

  private func value(at pointer: String, in data: Any?) -> Any? {
    pointer.split(separator: "/").reduce(data) { found, step in
      (found as? [String: Any])?[String(step)] ?? Int(step).flatMap { (found as? [Any])?.dropFirst($0).first }
    }
  }

  @Test(
    .enabled(if: hasOffice, "LibreOffice is not installed: apt-get install libreoffice-writer-nogui"),
    arguments: ["doc", "rtf", "odt"])
  func `LibreOffice makes what is read like the Word file itself`(kind: String) async throws {
    let original = try source("yunqi-2023-docx").path
    let run = try await withFolder { folder in
      try await Program.shell(
        """
        export TMPDIR='\(folder.path)/tmp'; mkdir "$TMPDIR" && cd '\(folder.path)' &&
        soffice --headless -env:UserInstallation=file://$PWD/profile --convert-to \(kind) '\(original)' >&2 &&
        cd - >/dev/null && $gouji run '\(folder.path)/source.\(kind)' --convert && ls "$TMPDIR" >&2
        """)
    }
    let direct = try await Program.run("run", original)
    // LibreOffice lays the columns of other tables of this file out anew, and of an ODT those of table 3, too.
    let data = ["disclosure", "facts", "organisation", "year"] + (kind == "odt" ? [] : ["applications"])
    for part in data {
      let found = [run, direct].map { ($0.json?["data"] as? [String: Any])?[part] as? NSObject }
      #expect(found[0] == found[1] && found[1] != nil, "\(part) \(run.messages)")
    }
    // What is certain of them is right all the same. Rows that the form does not know are no values of it.
    let provenance = run.json?["provenance"] as? [String: [String: Any]] ?? [:]
    let certain = provenance.filter { pointer, one in
      ["printed", "converted", "derived", "repaired"].contains(one["state"] as? String) && pointer != "/extra_rows"
    }
    #expect(certain.count > 150)
    for pointer in certain.keys {
      let found = [run, direct].map { value(at: pointer, in: $0.json?["data"]) as? NSObject }
      #expect(found[0] == found[1], "\(pointer)")
    }
    #expect(run.diagnostics.contains("input.converted"))
  }
}
