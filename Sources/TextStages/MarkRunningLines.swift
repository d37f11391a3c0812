public import DocumentModel
public import PipelineKit

/// Tells page numbers and running heads from the text.
///
/// Reads lines, and pages and tables where they are; writes the roles of lines. In a text without pages it finds the numbers of
/// the pages that the text was copied from, and the heads beside them; a source of markup has neither.
///
/// ```
///   +----------------+     the margins: 0.12 of the longer side at the top and the bottom
///   |  Annual report |  <- running head: the same text but for digits, at the same height,
///   |                |     on three pages or on half of them
///   |   text  text   |
///   |                |
///   |      - 4 -     |  <- page number: counts with the pages, or has the same dress on half of the pages
///   +----------------+
/// ```
/// A line is neither while a line of the text stands between it and the edge, nor inside a table.
///
/// Fails where a page's only line in the margin is a figure that happens to count with the pages; and without tables
/// a head row that is repeated on every page is known only by the vertical rules through it.
public struct MarkRunningLines: Stage {
  /// The settings of ``MarkRunningLines``.
  public struct Options: StageOptions {
    /// Regular expressions of page numbers with words around them, for whole folded texts; the first group, where
    /// there is one, is the number.
    public var pageNumbers: [Pattern] = []
    /// Height of the margins, as a part of the longer side of the page.
    public var margin = 0.12

    /// Page numbers without words.
    public init() {}

    /// What each option means, for people who write pipeline files.
    public static let meanings = [
      "pageNumbers":
        "Regular expressions of page numbers with words around them, for whole folded texts; the first group, "
        + "where there is one, is the number.",
      "margin": "Height of the margins, as a part of the longer side of the page.",
    ]
  }

  /// See ``Stage/contract``.
  public static let contract = StageContract(
    "text.running", version: 4, summary: "Marks page numbers and running heads", reads: [.lines],
    mayRead: [.pages, .tables], writes: [.lines])

  private let options: Options
  private let shape: PageNumberShape

  /// Ready as it is.
  public init(options: Options) {
    self.options = options
    shape = PageNumberShape(patterns: options.pageNumbers)
  }

  /// See ``Stage/run(_:in:)``.
  public func run(_ document: inout Document, in context: StageContext) {
    guard var lines = document.lines else { return }
    let regions = PageRegions(tables: document.tables ?? [])
    guard lines.contains(where: { $0.place.page != nil }) else {
      for (index, role) in TextPageNumbers(lines, outside: regions, by: shape).roles { lines[index].role = role }
      document.lines = lines
      return
    }
    var candidates = MarginLine.all(in: lines, of: document, margin: options.margin, outside: regions)
    var forms = TextForms()
    for index in candidates.indices {
      candidates[index].describe(forms.foldedString(lines[candidates[index].line].text.raw), by: shape)
    }
    let pageCount = Set(lines.compactMap(\.place.page)).count
    let roles = MarginRoles(candidates, pageCount: pageCount).roles
    // From the edge inwards: the first line of the text ends the margin.
    var closed: Set<MarginLine.Margin> = []
    for (candidate, role) in zip(candidates, roles) where !closed.contains(candidate.margin) {
      if role == .body {
        closed.insert(candidate.margin)
      } else {
        lines[candidate.line].role = role
      }
    }
    document.lines = lines
  }
}
