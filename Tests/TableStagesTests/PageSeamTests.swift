import DocumentModel
import Testing

/// What of two rows on both sides of a page break is one.
struct PageSeamTests {
  @Test func `Codes and blanks in their place belong to one row each, also beside a page break`() async throws {
    let head = "+------+------+-----+\n| code | kind | sum |\n+------+------+-----+\n"
    func rows(_ rows: String...) -> String {
      rows.map { $0 + "\n+------+------+-----+\n" }.joined()
    }
    let tables = try await joinedTables(
      head + rows("| 201  | new  | 12  |", "| 202  | old  | 13  |", "|      | part | 14  |"),
      rows("+------+------+-----+\n|      | rest | 15  |", "| 203  | best | 16  |"),
      rows("+------+------+-----+\n|      | rest | 17  |", "| 204  | last | 18  |"))
    #expect(
      tables.map(\.drawing) == [
        """
        ^code|^kind|^sum
        ^201|^new|12
        ^202|^old|13
        ^|^part|14
        ^|^rest|15
        ^203|^best|16
        ^|^rest|17
        ^204|^last|18
        """
      ])
  }
}
