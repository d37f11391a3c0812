import DocumentModel
import PipelineKit
import TableStages
import TestSupport
import Testing

/// Captions and units above tables.
struct LegendTests {
  private static let words: TableCaptions = {
    var words = TableCaptions()
    words.tables = ["(Table|表) ?\\d"]
    words.titles = ["\\D+sheet", "[^。]+(?<!下)表"]
    words.units = ["in thousands", "单位[:：]"]
    return words
  }()

  private func read(_ document: Document) async throws -> [Table] {
    var options = ReadLegends.Options()
    options.captions = Self.words
    return try await run(
      ReadRuledTables(options: .init()), ReadTextTables(options: .init()), ReadLegends(options: options), on: document
    ).tables ?? []
  }

  private static let grid = """
    +------+------+
    | kind | all  |
    +------+------+
    | new  | 12   |
    +------+------+
    """

  @Test func `A numbered caption and a unit above the rules belong to the table and to none of its cells`() async throws
  {
    let table = try #require(try await read(document("Table3\n单位：万元\n" + Self.grid)).first)
    #expect(table.caption?.text.raw == "Table3")
    #expect(table.caption?.places == [.page(1, Box(0.5, 1, 59.5, 11))])
    #expect(table.unit?.text.raw == "单位：万元")
    #expect(!table.cells.contains { $0.text.raw.contains("Table") || $0.text.raw.contains("单位") })
  }

  @Test func `A unit beside other words is found, and a title above them`() async throws {
    let table = try #require(try await read(document("收支总表\n编制：甲    单位：元\n" + Self.grid)).first)
    #expect(table.caption?.text.raw == "收支总表")
    #expect(table.unit?.text.raw == "单位：元")
  }

  @Test func `What stands above another table, far above or in a sentence is no caption`() async throws {
    let one = try await read(document("Table1\n" + Self.grid + "\n\n" + Self.grid))
    #expect(one.map { $0.caption?.text.raw } == ["Table1", nil])
    #expect(try await read(document("Table1\n\n\n\n" + Self.grid)).first?.caption == nil)
    #expect(try await read(document("见下表\n" + Self.grid)).first?.caption == nil)
  }

  @Test func `A text has captions and units too, with their lines`() async throws {
    let text = "支出总表\n\n  项目　　单位：元\nkind\tall\nnew\t12\nold\t13\n"
    let table = try #require(try await read(document(lines: text)).first)
    #expect(table.caption?.text.raw == "支出总表")
    #expect(table.caption?.places == [.line(1, columns: 1...4)])
    #expect(table.unit?.places == [.line(3, columns: 7...10)])
  }

  @Test func `Tables of markup have captions and units too, with their elements`() async throws {
    var document = Document(source: Source(uri: "test"))
    let lines = [
      ("支出总表", "/p[1]"), ("单位：元", "/p[2]"), ("kind\tall", "/table[1]/tr[1]"), ("new\t12", "/table[1]/tr[2]"),
      ("kind\tall", "/table[2]/tr[1]"),
    ]
    document.lines = lines.map { Line(PrintedText($0.0), place: .path($0.1)) }
    document.tables = ["/table[1]", "/table[2]"].map {
      var table = Table(drawing: "kind | all\nnew | 12", columnEvidence: .placed)
      table.regions = [.path($0)]
      return table
    }
    var options = ReadLegends.Options()
    options.captions = Self.words
    let tables = try await run(ReadLegends(options: options), on: document).tables ?? []
    #expect(tables.map { $0.caption?.text.raw } == ["支出总表", nil])
    #expect(tables.map { $0.unit?.places } == [[.path("/p[2]")], nil])
  }

  @Test func `A caption inside the frame stays with the table, a note does not`() async throws {
    var options = TrimTables.Options()
    options.captions = Self.words
    options.captions.captions = ["Table", "Source"]
    options.captions.notes = ["Source"]
    var document = Document(source: Source(uri: "test"))
    document.tables = ["Table 3: loans", "in thousands", "Source: us"].map {
      Table(drawing: "\($0) | >\nkind | all\nbooks | 12", columnEvidence: .placed)
    }
    let tables = try await run(TrimTables(options: options), on: document).tables ?? []
    #expect(tables.map(\.rows) == [2, 2, 2])
    #expect(tables.map { $0.caption?.text.raw } == ["Table 3: loans", nil, nil])
    #expect(tables.map { $0.unit?.text.raw } == [nil, "in thousands", nil])
  }
}
