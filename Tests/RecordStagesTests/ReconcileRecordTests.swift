import DocumentModel
import Testing

@testable import RecordStages

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
