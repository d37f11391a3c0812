public import DocumentModel
import PipelineKit

/// One of the two tables that results are exported as: its columns, and how its rows are written.
public struct ExportTable: Sendable {
  /// The name of the table, and of its file.
  public var name: String
  /// In the order of the values of a row.
  public var columns: [Column]

  /// One column.
  public struct Column: Sendable {
    /// Needs no quotes in SQL.
    public var name: String
    /// What its values are; any of them may be null.
    public var type: Kind
    /// One sentence for a person.
    public var meaning: String

    init(_ name: String, _ type: Kind, _ meaning: String) {
      (self.name, self.type, self.meaning) = (name, type, meaning)
    }
  }

  /// What the values of a column are, by their names in the Table Schema of Frictionless Data.
  public enum Kind: String, Sendable {
    case integer, number, string, boolean
    /// JSON in one line.
    case array, object
  }

  /// The two tables; `figures.report` is `reports.report`.
  public static let all = [reports, figures]

  /// One row for each report, also for those that could not be read.
  public static let reports = ExportTable(
    name: "reports",
    columns: [
      Column("report", .integer, "number of the report in this export"),
      Column("source_uri", .string, "address of the document, or of the archive that it lies in"),
      Column("source_member", .object, "where it lies in the archive"),
      Column("sha256", .string, "digest of the document"),
      Column("bytes", .integer, "size of the document"),
      Column("media_type", .string, "kind of the document"),
      Column("pages", .integer, "number of its pages"),
      Column("status", .string, "complete, partial, or failed where there is no record"),
      Column("reason", .string, "code of the reason, where there is no record"),
      Column("stage", .string, "stage that failed, where there is no record"),
      Column("organisation", .string, "body that reports"),
      Column("year", .integer, "year that is reported on"),
      Column("form", .string, "form of the report"),
      Column("title", .string, "title of the report"),
      Column("figures", .integer, "rows of the table figures that belong to it"),
    ]
      + ValueState.allCases.map {
        Column($0.rawValue, .integer, "figures of the state \($0.rawValue)")
      } + [
        Column("checks_pass", .integer, "checks that hold"),
        Column("checks_fail", .integer, "checks that fail"),
        Column("checks_uncertain", .integer, "checks on figures that are not proven"),
        Column("checks_not_assessable", .integer, "checks of which a figure is not printed"),
        Column("errors", .integer, "checks of severity error that fail"),
        Column("repairs", .integer, "values that were moved to where the sums prove that they belong"),
        Column("unexplained", .integer, "figures of a table region that no field uses"),
        Column("diagnostics", .integer, "what was odd about the document: how many"),
        Column("diagnostic_codes", .array, "the same: each code once"),
        Column("pipeline", .string, "fingerprint of the pipeline"),
        Column("generator", .string, "version of the program"),
      ])

  /// One row for each figure: the values of the tables, the facts of the text, the fee, the rows that the form does not
  /// know.
  public static let figures = ExportTable(
    name: "figures",
    columns: [
      Column("report", .integer, "number of the report in this export"),
      Column("source_uri", .string, "address of the document, or of the archive that it lies in"),
      Column("source_member", .object, "where it lies in the archive"),
      Column("sha256", .string, "digest of the document"),
      Column("organisation", .string, "body that reports"),
      Column("year", .integer, "year that is reported on"),
      Column("form", .string, "form of the table, or of the report where the figure stands in none"),
      Column("table_name", .string, "first name of the pointer"),
      Column("row_name", .string, "row in the table, or key of the fact"),
      Column("column_name", .string, "column in the table"),
      Column("pointer", .string, "place in the data of the record (RFC 6901)"),
      Column("value", .number, "the figure; null where it is not known, and the state says why"),
      Column("unit", .string, "unit that the text names; the name of an amount has its own"),
      Column("approximate", .boolean, "whether the text says that it is about so much"),
      Column("state", .string, "how the figure is known, or why it is null"),
      Column("raw", .string, "as printed"),
      Column("page", .integer, "page, from 1"),
      Column("box", .array, "left, top, right and bottom on the page, in points from its top left"),
      Column("line", .integer, "line of a text, from 1"),
      Column("columns", .array, "first and last character in the line, from 1"),
      Column("path", .string, "path in markup"),
      Column("places", .integer, "places that it is printed at; the first one is given"),
      Column("stage", .string, "stage that decided"),
      Column("confirmed", .boolean, "for derived figures: whether they would hold if one printed figure were wrong"),
      Column("failed_checks", .integer, "checks that fail and touch it"),
    ])

  /// The names of the columns as a line of CSV.
  public var csvHead: [UInt8] { Array(columns.map(\.name).joined(separator: ",").utf8) + Array("\r\n".utf8) }

  /// A row as a line of CSV (RFC 4180). A null is an empty field; an empty text is a pair of quotes.
  public func csv(_ row: [JSONValue]) -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(512)
    for (index, (column, value)) in zip(columns, row).enumerated() {
      if index > 0 { line.append(UInt8(ascii: ",")) }
      switch value {
      case .null: break
      case .string(""): line += "\"\"".utf8
      case .string(let text): line += (column.type == .number ? text : text.csvField).utf8
      case .array, .object: line += value.inOneLine.csvField.utf8
      case .bool, .integer, .number: line += value.encoded()
      }
    }
    line += "\r\n".utf8
    return line
  }
}
