import ArgumentParser
import DocumentModel
import Logging
import PipelineKit
import Reporting

/// `gouji run`: one document, one record.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Turn one document into one record (JSON).")

  @OptionGroup var run: DocumentRun

  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"

  @Option(help: "End with code 1 when a check of this severity failed.")
  var failOn = FailOn.error

  /// The mildest failed check that makes the exit code 1.
  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case error, warning, never

    /// Whether a failed check of this severity counts.
    func counts(_ severity: Severity) -> Bool {
      switch self {
      case .error: severity == .error
      case .warning: severity != .info
      case .never: false
      }
    }
  }

  func run() async throws {
    let pipeline = try run.shared.pipeline(pipeline)
    if !pipeline.steps.contains(where: { $0.contract.writes.contains(.record) }) {
      run.shared.logger.warning(
        "no stage of the pipeline '\(pipeline.name)' writes a record: it will be empty; 'gouji tables -p' prints tables"
      )
    }
    // Of the files as they were read, also if they change while the document is.
    let fingerprint = pipeline.fingerprint
    let document = try await run.document(through: pipeline)
    let json = RecordFormat.json(
      document, pipeline: pipeline.name, fingerprint: fingerprint, generator: SharedOptions.generator)
    try Output(path: run.output).write(json)
    if document.holdsNothingOfTheRecord {
      run.shared.logger.warning(
        "\(run.input): nothing that the pipeline '\(pipeline.name)' knows was found; 'gouji tables' prints the tables of any document"
      )
    }
    let failed = document.record?.checks.filter { $0.status == .fail && failOn.counts($0.severity) } ?? []
    for check in failed {
      run.shared.logger.error("\(run.input): check \(check.id) failed for \(check.instance): \(check.summary)")
    }
    if !failed.isEmpty { throw Ended(status: .checkFailed) }
  }
}

extension Document {
  /// Whether there is text, and no figure of the record in it.
  fileprivate var holdsNothingOfTheRecord: Bool {
    guard let record, !record.fields.isEmpty, !(blocks ?? []).isEmpty else { return false }
    return !record.grids.contains { grid in grid.rows.contains { $0 != .absent } }
  }
}

extension Check {
  /// What holds where it passes, and what was found.
  fileprivate var summary: String {
    var summary = "not so: " + message
    if case .integer(let left) = left, case .integer(let right) = right { summary += " (\(left) against \(right))" }
    if let cause { summary += cause == .undecided ? ", cause undecided" : ", an error of the \(cause.rawValue)" }
    return summary
  }
}
