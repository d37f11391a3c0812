import ArgumentParser
import DocumentModel
import Logging
import PipelineKit
import RecordStages
import Reporting

/// `gouji audit`: does what a body reports on one year agree with what it reported on the year before?
struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Hold the records of each body against those on the year before.",
    discussion: """
      The rules stand in the file audit.yaml beside the pipeline. Prints the checks that failed or are uncertain, and how
      often each rule came out how; --json prints every check, an object a line, and the summary last.
      """
  ).ofGouji

  @Argument(help: "Bulk results (a record a line), or '-' for standard input.")
  var results: [String]

  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var output = "-"

  @Option(help: "End with code 1 when a check of this severity failed.")
  var failOn = RunCommand.FailOn.error

  @Flag(help: "Print JSON, an object a line.")
  var json = false

  @OptionGroup var shared: SharedOptions

  func run() throws {
    let rules = try shared.library.path(of: pipeline).folder + "audit.yaml"
    try ReadFiles(results + [rules]).refuse(writing: [output])
    var auditor = Auditor(try AuditRules(path: rules))
    var notices = Notices(logger: shared.logger, isVerbose: shared.verbose)
    var output = try LineOutput(path: output)
    var oddities: [Diagnostic] = []
    func notice(_ diagnostic: Diagnostic) {
      notices.say(diagnostic)
      if json { oddities.append(diagnostic) }
    }
    for path in results { try auditor.read(try SourceLines(path: path), notice: notice) }
    let read = auditor.summary
    guard read.records > 0 || read.skippedLines == 0 else {
      notices.sayRest()
      throw PipelineError("input.unreadable", "\(results.joined(separator: ", ")): no line is a record")
    }
    for diagnostic in oddities { try output.write(AuditFormat.json(diagnostic)) }
    var failures = 0
    try auditor.audit { diagnostic in
      notices.say(diagnostic)
      if json { try output.write(AuditFormat.json(diagnostic)) }
    } finding: { finding in
      let check = finding.check
      failures += check.status == .fail && failOn.counts(check.severity) ? 1 : 0
      if json {
        try output.write(AuditFormat.json(finding))
      } else if check.status == .fail || check.status == .uncertain {
        try output.write(AuditFormat.text(finding).visible() + "\n")
      }
    }
    if json {
      try output.write(AuditFormat.json(auditor.summary))
    } else {
      try output.write(AuditFormat.text(auditor.summary).visible())
    }
    try output.finish()
    notices.sayRest()
    if failures > 0 { throw Ended(status: .checkFailed) }
  }
}

extension String {
  /// The folder of a file, with the slash at its end.
  fileprivate var folder: String { lastIndex(of: "/").map { String(self[...$0]) } ?? "" }
}
