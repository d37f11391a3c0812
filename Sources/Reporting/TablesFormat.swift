public import DocumentModel

/// The format `gouji.tables/1`: the tables of a document.
public enum TablesFormat {
  /// All tables in reading order.
  public static func json(_ document: Document) -> JSONValue {
    [
      "format": "gouji.tables/1", "source": document.source.json,
      "tables": .array((document.tables ?? []).map(\.json)),
      "diagnostics": .array(document.diagnostics.map(\.json)),
    ]
  }
}

extension Table {
  fileprivate var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("id", .string(id)), ("kind", .string(kind.rawValue)), ("confidence", .number(confidence)),
      ("rows", .integer(rows)), ("columns", .integer(columns)), ("header_rows", .integer(headerRows)),
      ("header_columns", .integer(headerColumns)),
    ]
    if let caption { members.append(("caption", caption.json)) }
    if let unit { members.append(("unit", unit.json)) }
    members += [("regions", regions.json), ("cells", .array(cells.map(\.json)))]
    return .object(members.map { JSONValue.Member($0, $1) })
  }
}

extension Table.Legend {
  fileprivate var json: JSONValue { ["text": .string(text.shown), "places": places.json] }
}

extension Cell {
  fileprivate var json: JSONValue {
    [
      "row": .integer(row), "column": .integer(column), "row_span": .integer(rowSpan),
      "column_span": .integer(columnSpan), "text": .string(text.shown), "header": .bool(isHeader),
      "places": places.json,
    ]
  }
}
