public import DocumentModel

/// The description of the two tables for programs: Data Package 1.0 of Frictionless Data, with Table Schemas.
public enum DataPackage {
  /// A table in the file `NAME.csv` beside the description.
  public struct Resource: Sendable {
    /// The table.
    public var table: ExportTable
    /// The size of the file.
    public var byteCount: Int
    /// Its digest in hexadecimal.
    public var sha256: String

    /// Describes a file.
    public init(_ table: ExportTable, byteCount: Int, sha256: String) {
      (self.table, self.byteCount, self.sha256) = (table, byteCount, sha256)
    }
  }

  /// `datapackage.json`.
  public static func json(_ resources: [Resource], generator: Generator) -> JSONValue {
    [
      "profile": "tabular-data-package", "name": "gouji-export",
      "title": "Figures of reports, with where they are printed",
      "description":
        "A text that a spreadsheet program would run as a formula has an apostrophe before it. An empty field is a null.",
      "gouji": generator.json, "resources": .array(resources.map(\.json)),
    ]
  }
}

extension DataPackage.Resource {
  fileprivate var json: JSONValue {
    [
      "profile": "tabular-data-resource", "name": .string(table.name), "path": .string(table.name + ".csv"),
      "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": .integer(byteCount),
      "hash": .string("sha256:" + sha256),
      "dialect": ["delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true],
      "schema": table.schema,
    ]
  }
}

extension ExportTable {
  /// As Table Schema.
  fileprivate var schema: JSONValue {
    var members: [JSONValue.Member] = [
      .init(
        "fields",
        .array(
          columns.map {
            ["name": .string($0.name), "type": .string($0.type.rawValue), "description": .string($0.meaning)]
          })),
      .init("missingValues", [""]),
    ]
    if name == "reports" {
      members.append(.init("primaryKey", "report"))
    } else {
      members.append(
        .init(
          "foreignKeys", [["fields": "report", "reference": ["resource": "reports", "fields": "report"]]]))
    }
    return .object(members)
  }
}
