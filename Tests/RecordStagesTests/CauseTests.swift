import DocumentModel
import Testing

@testable import RecordStages

/// The failed checks of a record: `rule instance: cause`.
private func failures(_ record: Record) -> [String] {
  record.checks.filter { $0.status == .fail && $0.severity == .error }.map {
    "\($0.id) \($0.instance): \($0.cause?.rawValue ?? "none")"
  }
}

private func pointers(_ record: Record, _ rule: String, _ instance: String) -> [String]? {
  record.checks.first { $0.id == rule && $0.instance == instance }?.pointers
}

/// A line of three groups of four parts and their total, as of proceedings.
private func line(_ figures: [Int], isLaidOut: Bool) -> EvidenceGrid {
  let blocks = ["first", "second", "third"]
  return EvidenceGrid(
    form: "trial", table: "l", columns: 15,
    pointers: blocks.flatMap { block in ["a", "b", "c", "d", "total"].map { "/l/\(block)/\($0)" } },
    signed: Array(repeating: false, count: 15), rows: [.placed(figures.map(token))], isLaidOut: isLaidOut,
    equations: blocks.indices.map { block in
      Equation(
        id: "L", instance: blocks[block], severity: .error, expression: "a + b + c + d = total",
        message: "parts add up",
        left: (0..<4).map { block * 5 + $0 }, right: [block * 5 + 4])
    })
}

private func token(_ value: Int) -> Token { Token(raw: String(value), value: .integer(value), state: .printed) }

@Suite struct `Whose error it is` {
  /// 4 of the row y stands under b, and should stand under a.
  private let wrongColumn = [[1, 2, 3], [0, 4, 4], [5, 2, 7]]

  @Test(arguments: [true, false]) func `A figure in the wrong column of the source is one fault of the source`(
    isLaidOut: Bool
  ) async throws {
    let record = try await record(
      grid(wrongColumn.map { .placed($0.map(token)) }, isLaidOut: isLaidOut))
    #expect(failures(record) == ["C a: source", "C b: source"])
    #expect(record.checks.filter { $0.status == .fail }.compactMap { $0.difference } == [-4, 4])
    #expect(pointers(record, "C", "a") == ["/t/x/a", "/t/y/a", "/t/sum/a"])
    #expect(cells(record).allSatisfy { $0.hasSuffix(" printed") })
  }

  @Test(arguments: [true, false]) func `Parts beside a total of nought are an error of the source`(
    isLaidOut: Bool
  ) async throws {
    let record = try await record(
      line([10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 1, 0, 4], isLaidOut: isLaidOut))
    #expect(failures(record) == ["L first: source"])
    #expect(pointers(record, "L", "first") == ["a", "b", "c", "d", "total"].map { "/l/first/\($0)" })
    #expect(record.fields[4].value == 0 && record.fields[0].value == 10)
  }

  @Test(arguments: [true, false]) func `A misprinted figure fails in its row and in its column and nowhere else`(
    isLaidOut: Bool
  ) async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .placed(figures(40, 0, 4)), .placed(figures(5, 2, 7))], isLaidOut: isLaidOut))
    #expect(failures(record) == ["R y: source", "C a: source"])
    #expect(cells(record)[3] == "40 printed")
  }

  @Test func `Two faults of a text, of which each may be one of the reading, are undecided`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 4)), .placed(figures(4, 0, 9)), .placed(figures(5, 2, 7))], isLaidOut: false))
    #expect(failures(record) == ["R x: undecided", "R y: undecided", "C total: undecided"])
  }

  @Test func `A cell that all failures have in common is no fault if their differences are not its own`() async throws {
    // Row x is one short and the column of b one over, so that no other figure for b suits both.
    let record = try await record(
      grid([.placed(figures(1, 2, 4)), .placed(figures(4, 0, 4)), .placed(figures(5, 1, 7))], isLaidOut: false))
    #expect(failures(record).allSatisfy { $0.hasSuffix("undecided") })
  }

  @Test func `A misprint in a ragged text is the source's, as the row contradicts itself and the others fit`()
    async throws
  {
    let record = try await record(
      grid([.placed(figures(1, 2, 9)), .ordered(figures(4, 4)), .placed(figures(5, 2, 7))], isLaidOut: false))
    #expect(failures(record) == ["F t/: source", "R x: source", "C total: source"])
    #expect(cells(record)[0...2] == ["1 printed", "2 printed", "9 printed"])
    #expect(cells(record)[3...5] == ["4 printed", "0 derived", "4 printed"])
  }

  @Test func `Digits that ran together in a grid are the extraction's, and stay as they are printed`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .placed(figures(40) + [blank] + figures(4)), .placed(figures(5, 2, 7))]))
    #expect(failures(record) == ["F t/: extraction", "C a: extraction"])
    #expect(cells(record)[3...4] == ["40 printed", "- blank"])
    #expect(record.repairs.isEmpty)
  }

  @Test func `A figure in a grid that no running together explains is the source's`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .placed(figures(9) + [blank] + figures(4)), .placed(figures(5, 2, 7))]))
    #expect(failures(record).allSatisfy { $0.hasSuffix(": source") })
    #expect(cells(record)[3...4] == ["9 printed", "- blank"])
  }

  @Test func `What contradicts itself with a blank is named by the cells that do`() async throws {
    let record = try await record(
      grid([.placed([blank] + figures(8, 3)), .placed(figures(4, 0, 4)), .placed(figures(5, 2, 7))]))
    // 8 alone is more than the total of its row; nothing else is needed to see it.
    #expect(pointers(record, "F", "t/")?.count ?? 9 <= 3)
    #expect(cells(record)[0...2] == ["- blank", "8 printed", "3 printed"])
  }

  @Test func `Glued digits of a line of text are taken apart where one way adds up`() async throws {
    let record = try await record(
      grid([.placed(figures(1, 2, 3)), .ordered(figures(40, 4)), .placed(figures(5, 2, 7))], isLaidOut: false))
    #expect(failures(record).isEmpty)
    #expect(cells(record)[3...5] == ["4 repaired", "0 repaired", "4 printed"])
  }
}

/// Amounts with decimals.
@Suite struct `Deciding amounts by the sums` {
  private func amounts(_ values: String?...) -> [Token] {
    values.map { value in
      value.map { Token(raw: $0, value: .string($0), state: .printed) } ?? blank
    }
  }

  private func budget(_ rows: [EvidenceGrid.Row]) -> EvidenceGrid {
    var budget = grid(rows, headed: [true, true, true])
    budget.amounts = Array(repeating: true, count: 9)
    return budget
  }

  @Test func `An amount that is not printed is derived without rounding`() async throws {
    let record = try await record(
      budget([
        .placed(amounts("1.25", "2", "3.25")), .placed(amounts(nil, "0.1", "4.1")),
        .placed(amounts("5.25", "2.10", "7.35")),
      ]))
    #expect(record.fields[3].value == "4")
    #expect(record.fields[3].provenance?.state == .derived)
    #expect(record.fields[7].value == "2.10")
    #expect(record.checks.filter { $0.status == .fail && $0.severity == .error }.isEmpty)
    #expect(record.checks.first { $0.id == "R" && $0.instance == "x" }?.left == "3.25")
  }

  @Test func `A hundredth too much is too much`() async throws {
    let record = try await record(
      budget([
        .placed(amounts("1.25", "2", "3.25")), .placed(amounts("4", "0", "4.01")),
        .placed(amounts("5.25", "2", "7.25")),
      ]))
    #expect(failures(record) == ["R y: source", "C total: source"])
    #expect(record.checks.first { $0.id == "R" && $0.instance == "y" }?.difference == "-0.01")
  }

  @Test func `A short row of amounts is placed, glued ones are taken apart at the right digit`() async throws {
    let record = try await record(
      budget([
        .placed(amounts("1.25", "2", "3.25")), .ordered(amounts("4.5", "4.5")), .ordered(amounts("5.752", "7.75")),
      ]))
    #expect(record.fields[3...5].map(\.value) == ["4.5", "0", "4.5"])
    #expect(record.fields[6...8].map(\.value) == ["5.75", "2", "7.75"])
    #expect(record.fields[6].provenance?.state == .repaired)
  }
}
