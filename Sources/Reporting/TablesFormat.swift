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
    [
      "id": .string(id), "kind": .string(kind.rawValue), "confidence": .number(confidence), "rows": .integer(rows),
      "columns": .integer(columns), "header_rows": .integer(headerRows), "header_columns": .integer(headerColumns),
      "regions": regions.json, "cells": .array(cells.map(\.json)),
    ]
  }
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
