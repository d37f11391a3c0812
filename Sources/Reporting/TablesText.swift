public import DocumentModel

/// Tables as people open them: in spreadsheet programs, browsers and text.
public struct TablesText: Sendable {
  /// A format beside JSON.
  public enum Format: String, CaseIterable, Sendable {
    /// Comma-separated values after RFC 4180, in UTF-8 with a byte order mark, so that spreadsheet programs know it; a text
    /// that they would run as a formula has an apostrophe before it.
    case csv
    /// One page without scripts or references; merged cells stay merged.
    case html
    /// Pipe tables as in GitHub Flavored Markdown.
    case markdown
  }

  /// What stands in the grid positions that a merged cell covers beyond its first one.
  public enum Spans: String, CaseIterable, Sendable {
    /// Nothing.
    case blank
    /// The text of the cell again.
    case `repeat`
  }

  private let spans: Spans

  /// Writes merged cells in this way where the format has no merged cells.
  public init(spans: Spans = .blank) { self.spans = spans }

  /// All tables of a document in one text; between two of them stands an empty line, or a heading in HTML and
  /// Markdown, with the caption and the unit of the table. Without a table, CSV and Markdown
  /// are empty.
  public func text(_ document: Document, as format: Format) -> String {
    let tables = document.tables ?? []
    switch format {
    case .csv: return tables.isEmpty ? "" : "\u{FEFF}" + tables.map(csv).joined(separator: "\r\n")
    case .html: return html(tables, title: document.source.uri)
    case .markdown: return tables.map(markdown).joined(separator: "\n")
    }
  }

  /// The text at every grid position, row by row.
  private func grid(_ table: Table) -> [[String]] {
    var grid = Array(repeating: Array(repeating: "", count: table.columns), count: table.rows)
    for cell in table.cells {
      for row in cell.rowRange.clamped(to: 0..<table.rows) {
        for column in cell.columnRange.clamped(to: 0..<table.columns)
        where spans == .repeat || (row, column) == (cell.row, cell.column) {
          grid[row][column] = cell.text.shown
        }
      }
    }
    return grid
  }

  private func csv(_ table: Table) -> String {
    grid(table).map { row in row.map(\.csvField).joined(separator: ",") + "\r\n" }.joined()
  }

  private func markdown(_ table: Table) -> String {
    let rows = grid(table).map { "| " + $0.map(\.markdownCell).joined(separator: " | ") + " |" }
    let rule = "|" + String(repeating: " --- |", count: table.columns)
    let head = ["## \(table.title)", ""] + (table.words.isEmpty ? [] : [table.words.markdownLine, ""])
    return (head + rows.prefix(1) + [rule] + rows.dropFirst()).map { $0 + "\n" }.joined()
  }

  private func html(_ tables: [Table], title: String) -> String {
    let body = tables.map { table -> String in
      let rows = (0..<table.rows).map { row in
        "<tr>" + table.cells.filter { $0.row == row }.map(\.html).joined() + "</tr>"
      }
      let caption = table.words.isEmpty ? "" : "<caption>\(table.words.markupText)</caption>\n"
      return "<h2>\(table.title.markupText)</h2>\n<table>\n" + caption + rows.joined(separator: "\n") + "\n</table>"
    }
    return """
      <!DOCTYPE html>
      <html>
      <head>
      <meta charset="utf-8">
      <title>\(title.markupText)</title>
      <style>table { border-collapse: collapse } td, th { border: 1px solid; padding: 0.2em 0.5em }</style>
      </head>
      <body>
      \(body.joined(separator: "\n"))
      </body>
      </html>
      """
  }
}

extension Table {
  /// Its id and its pages.
  fileprivate var title: String {
    let pages = regions.compactMap(\.page).map { String($0) }
    return pages.isEmpty ? id : "\(id), page \(pages.joined(separator: ", "))"
  }

  /// What is printed above it: its caption and its unit.
  fileprivate var words: String { [caption, unit].compactMap { $0?.text.shown }.joined(separator: " ") }
}

extension Cell {
  fileprivate var html: String {
    let name = isHeader ? "th" : "td"
    let rows = rowSpan > 1 ? " rowspan=\"\(rowSpan)\"" : ""
    let columns = columnSpan > 1 ? " colspan=\"\(columnSpan)\"" : ""
    return "<\(name)\(rows)\(columns)>\(text.shown.markupText)</\(name)>"
  }
}

extension String {
  /// As text of markup, also in quoted attributes.
  var markupText: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing(
      "\"", with: "&quot;")
  }
}
