import DocumentModel
import PipelineKit

extension Place {
  /// `{"page", "box"}`, `{"line", "columns"}` or `{"path"}`.
  var json: JSONValue {
    switch self {
    case .page(let page, let box): ["page": .integer(page), "box": box.json]
    case .line(let line, let columns):
      ["line": .integer(line), "columns": [.integer(columns.lowerBound), .integer(columns.upperBound)]]
    case .path(let path): ["path": .string(path)]
    }
  }
}

extension Box {
  /// `[x0, y0, x1, y1]`.
  var json: JSONValue { [.number(x0), .number(y0), .number(x1), .number(y1)] }
}

extension [Place] {
  /// All of them, in order.
  var json: JSONValue { .array(map(\.json)) }
}
