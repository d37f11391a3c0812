import DocumentModel
import PipelineKit
import TestSupport

@testable import RecordStages

/// Two rows and their sum over two columns and theirs: `a + b = total` in each row, `x + y = sum` in each column.
func grid(_ rows: [EvidenceGrid.Row], headed: [Bool]? = nil, isLaidOut: Bool = true) -> EvidenceGrid {
  let keys = ["x", "y", "sum"]
  let columns = ["a", "b", "total"]
  return EvidenceGrid(
    form: "trial", table: "t", columns: 3, pointers: keys.flatMap { row in columns.map { "/t/\(row)/\($0)" } },
    signed: Array(repeating: false, count: 9), rows: rows, isLaidOut: isLaidOut, headedColumns: headed,
    equations: (0..<3).map { row in
      Equation(
        id: "R", instance: keys[row], severity: .error, expression: "a + b = total", message: "rows add up",
        left: [row * 3, row * 3 + 1], right: [row * 3 + 2])
    }
      + (0..<3).map { column in
        Equation(
          id: "C", instance: columns[column], severity: .error, expression: "x + y = sum", message: "columns add up",
          left: [column, column + 3], right: [column + 6])
      },
    rules: [
      GridRule(.feasible, id: "F", severity: .error), GridRule(.unheaded, id: "H", severity: .warning),
      GridRule(.underived, id: "D", severity: .info), GridRule(.filled, id: "B", severity: .warning),
    ])
}

func figures(_ values: Int...) -> [Token] {
  values.map { Token(raw: String($0), value: .integer($0), state: .printed, places: [.line($0 + 1, columns: 1...1)]) }
}
let blank = Token(raw: "", value: .null, state: .blank)

func record(_ grid: EvidenceGrid) async throws -> Record {
  var document = Document(source: Source(uri: "trial"))
  var record = Record(status: .complete)
  record.grids = [grid]
  record.fields = grid.fields(stage: "record.map")
  document.record = record
  let decided = try await ReconcileRecord(options: NoOptions()).trial(document, in: .trial(stage: "record.reconcile"))
  let checked = try await CheckRecord(options: NoOptions()).trial(decided)
  return checked.record ?? Record()
}

/// `value state` of each cell.
func cells(_ record: Record) -> [String] {
  record.fields.map { field in
    let value = if case .integer(let value) = field.value { String(value) } else { "-" }
    return "\(value) \(field.provenance?.state.rawValue ?? "?")"
  }
}
