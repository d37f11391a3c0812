import Foundation
import Subprocess
import TestSupport

/// The program itself, as a person starts it.
struct Program {
  /// What came out of a run.
  struct Run {
    var status: Int32
    var output: Data
    var messages: String

    var text: String { String(decoding: output, as: UTF8.self) }

    /// The data as JSON; nil where it is none.
    var json: [String: Any]? { (try? JSONSerialization.jsonObject(with: output)) as? [String: Any] }

    /// The codes of the diagnostics of a record.
    var diagnostics: [String] {
      (json?["diagnostics"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String }
    }

    /// The ids of the checks that failed.
    var failedChecks: [String] {
      (json?["checks"] as? [[String: Any]] ?? []).filter { $0["status"] as? String == "fail" }
        .compactMap { $0["id"] as? String }
    }
  }

  /// The exit codes that are documented; a trap or a signal is none of them.
  static let documented: Set<Int32> = [0, 1, 2, 3, 4, 5, 8, 130]

  /// The program stands beside the bundle that holds these tests.
  static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "gouji").path

  /// Runs `gouji` with arguments, in the checkout.
  static func run(_ arguments: String..., input: Data = Data()) async throws -> Run {
    try await timed([path] + arguments, input: input)
  }

  /// Runs a line of shell in which `$gouji` is the program, and `await` tries a command until it holds, for minutes.
  static func shell(_ line: String) async throws -> Run {
    try await timed(["bash", "-c", "gouji='\(path)'; \(awaiting); \(line)"], input: Data())
  }

  private static let awaiting = "await() { for _ in {1..2000}; do \"$@\" && return; sleep .1; done; false; }"

  /// Fifteen minutes at most, many times what the longest takes: what stands still fails by its status of 124 instead of
  /// holding all tests up.
  private static func timed(_ words: [String], input: Data) async throws -> Run {
    let result = try await Subprocess.run(
      .name("env"),
      arguments: Arguments(
        ["-C", Checkout.root.path, "-u", "GOUJI_PIPELINES", "SWIFT_BACKTRACE=enable=no"]
          + ["timeout", "--kill-after", "5", "900"] + words),
      input: .data(input), output: .data(limit: 16 << 20), error: .string(limit: 1 << 20))
    let status: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Run(status: status, output: result.standardOutput, messages: result.standardError)
  }
}

/// A folder that is there while `body` runs.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "gouji-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

/// The document of a fixture.
func source(_ id: String) throws -> URL {
  struct Missing: Error { var id: String }
  guard let fixture = Checkout.fixtures.first(where: { $0.id == id }) else { throw Missing(id: id) }
  return fixture.source
}
