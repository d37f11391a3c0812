import Foundation
import TestSupport
import Testing

@Suite("Passwords") struct PasswordTests {
  /// A page for those who know the password "secret": the standard security handler, revision 2 (ISO 32000-1, 7.6.3).
  private var closed: Data {
    var pdf = SmallPDF("")
    pdf.trailerEntries = """
      /Encrypt << /Filter /Standard /V 1 /R 2 /P -4
      /O <e5a8d2687bd9d0cff946b7ac55f51081dcf0d116554c4bfcb0a5e446f69ea48a>
      /U <500390af18e6589c9c4e892bccd305a22218aa538320459ed02abbcb4dbc2de8> >>
      /ID [<676f756a69> <676f756a69>]
      """
    return pdf.data
  }

  /// Runs a line of shell in a folder with `closed.pdf` and files of passwords.
  private func shell(_ line: String) async throws -> Program.Run {
    try await withFolder { folder in
      try closed.write(to: folder.appending(path: "closed.pdf"))
      try Data("secret\r\nand more\n".utf8).write(to: folder.appending(path: "right"))
      try Data("wrong".utf8).write(to: folder.appending(path: "wrong"))
      return try await Program.shell("export GOUJI_PIPELINES=$PWD/Pipelines; cd '\(folder.path)' && \(line)")
    }
  }

  @Test(arguments: [
    "run closed.pdf", "tables closed.pdf", "inspect closed.pdf -o page.html", "explain closed.pdf /year",
  ])
  func `A file or the environment opens a document, whatever is done with it`(command: String) async throws {
    for known in ["\(command) --password-file right", "\(command) --password secret"] {
      #expect(try await shell("$gouji \(known)").status != 8)
    }
    #expect(try await shell("GOUJI_PASSWORD=secret $gouji \(command)").status != 8)
    #expect(try await shell("GOUJI_PASSWORD=wrong $gouji \(command) --password-file right").status != 8)
    for unknown in ["\(command)", "\(command) --password-file wrong"] {
      #expect(try await shell("$gouji \(unknown)").status == 8)
    }
    #expect(try await shell("GOUJI_PASSWORD= $gouji \(command)").status == 8)
  }

  @Test func `A file of passwords that is not there is said`() async throws {
    let run = try await shell("$gouji run closed.pdf --password-file nowhere")
    #expect(run.status == 4 && run.messages.contains("nowhere"))
    #expect(try await shell("$gouji run closed.pdf --password-file right --password secret").status == 2)
  }

  @Test func `Workers know the password, and what they leave does not tell it`() async throws {
    let run = try await shell(
      """
      $gouji bulk -v closed.pdf -o out --password-file right --fail-on never &&
      $gouji bulk -v closed.pdf -o shut --fail-on never && cat shut/quarantine.ndjson &&
      echo '{"v":1,"id":"a","source":{"path":"closed.pdf"}}' | GOUJI_PASSWORD=secret $gouji worker -p tables &&
      $gouji run -v closed.pdf --store store --password secret --fail-on never >record.json; ! grep -r secret out shut store *.json
      """)
    #expect(run.status == 0, "\(run.messages)")
    let reasons = run.text.split(separator: "\n").map { $0.contains(#""reason":"pdf.encrypted""#) }
    #expect(reasons == [true, false], "\(run.text)")
    #expect(!run.messages.contains("secret"))
  }

  @Test func `A list of processes does not show a password`() async throws {
    // Until the program is there, the list shows the words of the shell.
    let run = try await shell(
      """
      hidden() { words=$(tr '\\0' ' ' </proc/$!/cmdline); [[ $words == *xxxxxx* && $words != *mkfifo* ]]; }
      mkfifo pipe; for option in '--password secret' --password=secret; do
        $gouji run pipe -q $option & await hidden
        echo $words; echo >pipe; wait
      done
      """)
    #expect(!run.text.contains("secret"))
    #expect(run.text.contains("--password xxxxxx") && run.text.contains("--password=xxxxxx"), "\(run.text)")
  }
}
