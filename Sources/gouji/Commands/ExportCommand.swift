import ArgumentParser
import DocumentModel
import PipelineKit
import Reporting

/// `gouji export`: results as tables.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write results as tables, one row a figure and one row a report, or as a page that sums them up.",
    discussion: """
      csv writes figures.csv and reports.csv into the folder that -o names, or with --table one of them (without both: the
      figures) to a file or standard output. sqlite writes a database, datapackage a folder with both files and their
      description (Frictionless Data). A null is an empty field, and its state says why it is not known. html writes a page
      for people: what came out, what failed and why, and where to look first; it needs no network.
      """
  ).ofGouji

  @Argument(help: "Bulk folders, results (a record a line), single records, or '-' for standard input.")
  var results: [String]

  @Option(name: .shortAndLong, help: "What is written.")
  var format = Format.csv

  @Option(name: .shortAndLong, help: ArgumentHelp("Write to this file or folder.", valueName: "path"))
  var output: String?

  @Option(help: "Write only this table (csv).")
  var table: Table?

  @OptionGroup var shared: SharedOptions

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, sqlite, datapackage, html
  }

  enum Table: String, CaseIterable, ExpressibleByArgument {
    case figures, reports

    var exported: ExportTable { self == .figures ? .figures : .reports }
  }

  func validate() throws {
    guard results.count(where: { $0 == "-" }) < 2 else { throw ValidationError("standard input is read once") }
    try ReadFiles(results).refuse(writing: outputs)
    guard format != .csv else { return }
    if table != nil { throw ValidationError("'--table' is for '--format csv'") }
    guard format != .html else { return }
    let what = format == .sqlite ? "file" : "folder"
    if output == nil || output == "-" { throw ValidationError("'--format \(format)' needs a \(what): -o PATH") }
  }

  /// Whether `output` is a folder.
  private var isFolder: Bool {
    format == .datapackage || format == .csv && table == nil && output != nil && output != "-"
  }

  /// All files that are written.
  private var outputs: [String] {
    guard isFolder, let output else { return [output ?? "-"] }
    return CSVFiles.names(describes: format == .datapackage).map { "\(output)/\($0)" }
  }

  func run() throws {
    if format == .html { return try writePage() }
    var results = try BulkResults(paths: results)
    switch format {
    case .html: break
    case .sqlite:
      let database = try SQLiteExport(path: output ?? "")
      do {
        try forEach(&results) { try database.add($0) }
        try database.finish()
      } catch {
        database.discard()
        throw error
      }
    case .csv, .datapackage:
      var files = try CSVFiles(
        isFolder ? .folder(output ?? "") : .one((table ?? .figures).exported, path: output ?? "-"),
        describes: format == .datapackage)
      do {
        try forEach(&results) { try files.add($0) }
        try files.finish()
      } catch {
        files.discard()
        throw error
      }
    }
  }

  private func writePage() throws {
    var notices = Notices(logger: shared.logger, isVerbose: shared.verbose)
    defer { notices.sayRest() }
    let page = try OverviewPage.html(on: results, locale: SharedOptions.locale) { notices.say($0) }
    try Output(path: output ?? "-").write(page)
  }

  private func forEach(_ results: inout BulkResults, _ body: (ExportedResult) throws -> Void) throws {
    var notices = Notices(logger: shared.logger, isVerbose: shared.verbose)
    defer { notices.sayRest() }
    var tables = 0
    while let result = try results.next(notice: { notices.say($0) }) {
      if case .tables = result { tables += 1 }
      try body(ExportedResult(result))
    }
    if tables > 0 {
      let message =
        "\(tables) documents have tables and no record: they are in the table of reports alone; 'gouji tables' writes their tables"
      notices.say(Diagnostic("export.tables_left", .warning, message))
    }
    if results.count == 0, results.skippedLines > 0 {
      throw PipelineError("input.unreadable", "\(self.results.joined(separator: ", ")): no line is a record")
    }
  }
}
