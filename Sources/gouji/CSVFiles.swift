import DocumentModel
import FoundationEssentials
import PipelineKit
import Reporting

/// The tables of an export as files of CSV, which appear when they are whole.
struct CSVFiles {
  /// Where they go.
  enum Place {
    /// One table, to a file or to `-`.
    case one(ExportTable, path: String)
    /// Both, to a folder that is made where it is missing.
    case folder(String)
  }

  private var files: [(table: ExportTable, path: String, output: LineOutput)] = []
  private var number = 0
  /// Where the description goes, if anywhere.
  private let description: String?

  /// Begins the files with the names of the columns.
  ///
  /// - Parameter describes: whether the folder is a data package, in files without the mark that spreadsheet programs need.
  /// - Throws: ``OutputError``.
  init(_ place: Place, describes: Bool) throws {
    let paths: [(ExportTable, String)]
    switch place {
    case .one(let table, let path):
      (paths, description) = ([(table, path)], nil)
    case .folder(let folder):
      var isFolder = false
      if !FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) || !isFolder {
        do {
          try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        } catch { throw OutputError(folder, error) }
      }
      paths = ExportTable.all.map { ($0, "\(folder)/\(Self.name(of: $0))") }
      description = describes ? "\(folder)/\(Self.description)" : nil
    }
    for (table, path) in paths {
      var output = try LineOutput(path: path)
      try output.write((describes ? [] : Array("\u{FEFF}".utf8)) + table.csvHead)
      files.append((table, path, output))
    }
  }

  private static let description = "datapackage.json"
  private static func name(of table: ExportTable) -> String { table.name + ".csv" }

  /// What the files in a folder are called.
  static func names(describes: Bool) -> [String] {
    ExportTable.all.map(name) + (describes ? [description] : [])
  }

  /// Adds the rows of one document.
  ///
  /// - Throws: ``OutputError``.
  mutating func add(_ result: ExportedResult) throws {
    number += 1
    for index in files.indices {
      let table = files[index].table
      let rows =
        table.name == ExportTable.reports.name ? [result.report(number: number)] : result.figures(number: number)
      for row in rows { try files[index].output.write(table.csv(row)) }
    }
  }

  /// Gives the files their names, and describes them.
  ///
  /// - Throws: ``OutputError``.
  mutating func finish() throws {
    for index in files.indices { try files[index].output.finish() }
    guard let description else { return }
    let resources = try files.map { file in
      let content = try SourceContent(path: file.path).bytes
      return DataPackage.Resource(file.table, byteCount: content.count, sha256: Digest.sha256(of: content))
    }
    try Output(path: description).write(DataPackage.json(resources, generator: SharedOptions.generator))
  }

  /// Leaves nothing behind.
  func discard() { for file in files { file.output.discard() } }
}
