import CSQLite
import DocumentModel
import Glibc
import PipelineKit

/// The two tables in a database of SQLite, which appears at its path when it is whole.
///
/// A figure that is no whole number is a `REAL`, as SQLite computes with; `raw` has it digit for digit.
public final class SQLiteExport {
  private let path: String
  private let part: String
  private var database: OpaquePointer?
  private var statements: [String: OpaquePointer] = [:]
  private var number = 0

  /// Begins a database beside `path`.
  ///
  /// - Throws: ``ReportingError`` with the code `output.not_writable`.
  public init(path: String) throws {
    self.path = path
    part = path + ".open"
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw ReportingError("output.not_writable", "\(path): cannot be written (no regular file)")
    }
    unlink(part)
    try check(sqlite3_open_v2(part, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nil))
    // Nobody sees the file before it is whole: there is nothing to roll back to.
    try run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8'; BEGIN")
    for table in ExportTable.all {
      try run(table.sqlDefinition)
      let values = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
      var statement: OpaquePointer?
      try check(sqlite3_prepare_v2(database, "INSERT INTO \(table.name) VALUES (\(values))", -1, &statement, nil))
      statements[table.name] = statement
    }
  }

  deinit { close() }

  /// Adds the rows of one document.
  ///
  /// - Throws: ``ReportingError`` with the code `output.not_writable`.
  public func add(_ result: ExportedResult) throws {
    number += 1
    try insert(result.report(number: number), into: ExportTable.reports.name)
    for row in result.figures(number: number) { try insert(row, into: ExportTable.figures.name) }
  }

  /// Makes the indices, and gives the database its name.
  ///
  /// - Throws: ``ReportingError`` with the code `output.not_writable`.
  public func finish() throws {
    try run(
      """
      CREATE INDEX figures_report ON figures (report);
      CREATE INDEX figures_body ON figures (organisation, year);
      CREATE INDEX figures_name ON figures (table_name, row_name, column_name, year);
      CREATE INDEX reports_body ON reports (organisation, year);
      CREATE INDEX reports_sha256 ON reports (sha256);
      COMMIT; ANALYZE
      """)
    close()
    let file = open(part, O_RDONLY)
    var isWhole = file >= 0 && fsync(file) == 0
    if file >= 0 { isWhole = Glibc.close(file) == 0 && isWhole }
    guard isWhole, rename(part, path) == 0 else { throw fault(SystemError(number: errno).description) }
  }

  /// Leaves nothing behind.
  public func discard() {
    close()
    unlink(part)
  }

  private func close() {
    for statement in statements.values { sqlite3_finalize(statement) }
    statements = [:]
    if let database { sqlite3_close(database) }
    database = nil
  }

  private func insert(_ row: [JSONValue], into table: String) throws {
    guard let statement = statements[table] else { preconditionFailure("an export that is finished takes no rows") }
    for (index, value) in row.enumerated() {
      let place = Int32(index + 1)
      let code: Int32
      switch value {
      case .null: code = sqlite3_bind_null(statement, place)
      case .bool(let flag): code = sqlite3_bind_int64(statement, place, flag ? 1 : 0)
      case .integer(let number): code = sqlite3_bind_int64(statement, place, Int64(number))
      case .number(let number): code = sqlite3_bind_double(statement, place, number)
      case .string(let text): code = bind(text, to: statement, place)
      case .array, .object: code = bind(value.inOneLine, to: statement, place)
      }
      try check(code)
    }
    try check(sqlite3_step(statement))
    try check(sqlite3_reset(statement))
  }

  private func bind(_ text: String, to statement: OpaquePointer, _ place: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { gouji_bind_text(statement, place, $0.baseAddress, Int32($0.count)) }
    }
  }

  private func run(_ sql: String) throws { try check(sqlite3_exec(database, sql, nil, nil, nil)) }

  private func check(_ code: Int32) throws {
    guard ![SQLITE_OK, SQLITE_DONE, SQLITE_ROW].contains(code) else { return }
    let number = sqlite3_system_errno(database)
    throw fault(
      number == 0 ? String(cString: sqlite3_errmsg(database)) : plainReason(SystemError(number: number), writing: path))
  }

  private func fault(_ reason: String) -> ReportingError {
    ReportingError("output.not_writable", "\(path): cannot be written (\(reason))")
  }
}

extension ExportTable {
  fileprivate var sqlDefinition: String {
    let columns = columns.map { column in
      let isKey = name == "reports" && column.name == "report"
      return "\(column.name) \(column.type.sqlType)\(isKey ? " PRIMARY KEY" : "")"
    }
    return "CREATE TABLE \(name) (\(columns.joined(separator: ", ")))"
  }
}

extension ExportTable.Kind {
  fileprivate var sqlType: String {
    switch self {
    case .integer, .boolean: "INTEGER"
    case .number: "NUMERIC"
    case .string, .array, .object: "TEXT"
    }
  }
}
