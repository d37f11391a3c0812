import Foundation
import Testing

/// scripts/bench/scans, with programs in the place of `gouji` and a score of nothing.
struct ScanBenchmarkTests {
  /// Runs the benchmark on a PDF with text, with `gouji` written in shell: `$3` is the scan, `$5` the record.
  private func benchmark(_ gouji: String, setUp: String = "true") async throws -> Program.Run? {
    try await withFolder { folder in
      let pdf = try source("shizhan-2024-weasyprint").path
      let run = try await Program.shell(
        """
        python3 -c 'import numpy, PIL' 2>/dev/null || { echo absent; exit; }
        repository=$PWD && cd '\(folder.path)' && mkdir report keep tools && echo '{}' >report/expected.json
        cp '\(pdf)' report/text.pdf
        cat >tools/score_report.py <<'EOF'
        KEYS = ("cells", "right", "withheld", "mute", "flagged", "silent")
        def score(expected, record): return dict.fromkeys(KEYS, 0), []
        def summary(total, docs): return f"docs={docs}"
        EOF
        printf '#!/bin/sh\\n%s\\n' '\(gouji)' >gouji && chmod +x gouji
        \(setUp)
        python3 "$repository/scripts/bench/scans.py" --gouji ./gouji --tools tools --keep keep report/*.pdf
        echo "exit $?"; ls keep
        """)
      return run.text == "absent\n" ? nil : run
    }
  }

  /// A scan that is there already is not made again.
  private let there = "cp report/text.pdf keep/report-text-1-0.pdf"

  @Test func `A run that fails is said, and so is a record that is not there`() async throws {
    guard let run = try await benchmark("echo \"no $2\" >&2; exit 5", setUp: there) else { return }
    #expect(run.text.contains("failed: exit 5, no record: no keep/report-text-1-0.pdf"), "\(run.text)\(run.messages)")
    #expect(run.text.contains("\nexit 1\n"))
    let torn = try await benchmark("exit 0", setUp: there)
    #expect(torn?.text.contains("failed: exit 0, no record") == true)
    let findings = try await benchmark("echo {} >\"$4\"; exit 1", setUp: there)
    #expect(findings?.text.contains("failed") == false && findings?.text.contains("\nexit 0\n") == true)
  }

  @Test func `Where there is nothing to scan, it says so`() async throws {
    let scan = try source("yanhe-2020-scan").path
    guard let run = try await benchmark("exit 0", setUp: "cp '\(scan)' report/text.pdf") else { return }
    #expect(run.text.contains("exit 1") && run.messages.contains("no PDF with text among them"), "\(run.messages)")
    let damaged = try await benchmark("exit 0", setUp: "echo >report/text.pdf")
    #expect(damaged?.text.contains("exit 1") == true && damaged?.messages.contains("report/text.pdf: ") == true)
  }

  @Test func `A scan that is cut short is not kept`() async throws {
    let run = try await Program.shell(
      """
      python3 -c 'import numpy, PIL' 2>/dev/null || { echo; exit; }
      folder=$(mktemp -d) && PYTHONDONTWRITEBYTECODE=1 python3 - "$folder" <<'EOF' && ls "$folder"; rm -r "$folder"
      import sys
      sys.path.insert(0, "scripts/bench")
      import scans
      from pathlib import Path
      def torn(path, data):
          with open(path, "wb") as file: file.write(data[:10])
          raise OSError("full")
      Path.write_bytes = torn
      scans.scan.pages = lambda *_: []
      try: scans.make("", Path(sys.argv[1], "report.pdf"), scans.lot("report", 1), 0)
      except OSError: print("full")
      EOF
      """)
    #expect(!run.text.contains("report.pdf") && run.messages.isEmpty, "\(run.text)\(run.messages)")
  }
}
