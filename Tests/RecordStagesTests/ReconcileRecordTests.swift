import DocumentModel
import PipelineKit
import TestSupport
import Testing

@testable import RecordStages

/// Two rows and their sum over two columns and theirs: `a + b = total` in each row, `x + y = sum` in each column.
private func grid(_ rows: [EvidenceGrid.Row], headed: [Bool]? = nil) -> EvidenceGrid {
  let keys = ["x", "y", "sum"]
  let columns = ["a", "b", "total"]
  return EvidenceGrid(
    form: "trial", table: "t", columns: 3, pointers: keys.flatMap { row in columns.map { "/t/\(row)/\($0)" } },
    signed: Array(repeating: false, count: 9), rows: rows, headedColumns: headed,
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

private func figures(_ values: Int...) -> [Token] {
  values.map { Token(raw: String($0), value: .integer($0), state: .printed, places: [.line($0 + 1, columns: 1...1)]) }
}
private let blank = Token(raw: "", value: .null, state: .blank)

private func record(_ grid: EvidenceGrid) async throws -> Record {
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
private func cells(_ record: Record) -> [String] {
  record.fields.map { field in
    let value = if case .integer(let value) = field.value { String(value) } else { "-" }
    return "\(value) \(field.provenance?.state.rawValue ?? "?")"
  }
}

@Suite struct `Deciding by the sums` {
  @Test func `What is printed in its place stays as it is`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .placed(figures(4, 0, 4)), .placed(figures(5, 2, 8))]))
    #expect(cells(record).allSatisfy { $0.hasSuffix("printed") })
    #expect(record.checks.filter { $0.status == .fail }.map { "\($0.id) \($0.instance)" } == ["R sum", "C total"])
    #expect(record.checks.filter { $0.status == .fail }.allSatisfy { $0.cause == .source })
  }

  @Test func `A blank is derived where the sums leave one figure, and its sums are not assessed`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .placed([blank] + figures(0, 4)), .placed(figures(5, 2, 7))]))
    #expect(cells(record)[3] == "4 derived")
    #expect(record.checks.first { $0.id == "R" && $0.instance == "y" }?.status == .notAssessable)
    #expect(record.checks.first { $0.id == "F" }?.status == .pass)
    #expect(record.checks.first { $0.id == "D" }?.pointers == ["/t/y/a"])
    #expect(record.checks.first { $0.id == "B" }?.pointers == ["/t/y/a"])
    #expect(record.status == .complete)
  }

  @Test func `A blank stays blank where the sums leave several figures`() async throws {
    let record = try await record(
      grid([.placed([blank, blank] + figures(3)), .placed([blank, blank] + figures(4)), .placed(figures(5, 2, 7))]))
    #expect(cells(record)[0...1] == ["- blank", "- blank"])
  }

  @Test func `A short row is placed where all readings agree`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .ordered(figures(4, 4)), .placed(figures(5, 2, 7))]))
    #expect(cells(record)[3...5] == ["4 printed", "0 derived", "4 printed"])
    #expect(record.fields[3].provenance?.places == [.line(5, columns: 1...1)])
    #expect(record.unexplained.isEmpty)
  }

  @Test func `A missing row is derived from the rest`() async throws {
    let record = try await record(grid([.placed(figures(1, 2, 3)), .absent, .placed(figures(5, 2, 7))]))
    #expect(cells(record)[3...5] == ["4 derived", "0 derived", "4 derived"])
  }

  @Test func `A figure too many is unexplained`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .ordered(figures(4, 0, 9, 4)), .placed(figures(5, 2, 7))]))
    #expect(cells(record)[3...5] == ["4 printed", "0 printed", "4 printed"])
    #expect(record.unexplained.map(\.raw) == ["9"])
  }

  @Test func `Two figures printed as one are taken apart, and that is said`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .ordered(figures(40, 4)), .placed(figures(5, 2, 7))]))
    #expect(cells(record)[3...4] == ["4 repaired", "0 repaired"])
    #expect(record.repairs.map(\.path) == ["/t/y/a", "/t/y/b"])
  }

  @Test func `Where nothing can be true together, nothing is filled in and a check fails`() async throws {
    let record = try await record(
      grid([.placed(figures(9, 2, 11)), .ordered(figures(4, 4)), .placed(figures(5, 2, 7))]))
    #expect(record.checks.first { $0.id == "F" }?.status == .fail)
    #expect(!cells(record).contains { $0.hasSuffix("derived") })
  }
}
