import DocumentModel

/// The pages of a document as a person holds them who reads its tables: those whose text is turned are turned back.
struct UprightPages {
  /// In their order.
  private(set) var pages: [Page]
  private var turned: [Int: TurnedPage] = [:]

  /// Looks at the pages that hold `tables`, and at those beside them.
  init(_ pages: [Page], with tables: [Table]) {
    let numbers = Set(tables.flatMap(\.regions).compactMap(\.page).flatMap { [$0 - 1, $0, $0 + 1] })
    self.init(pages) { numbers.contains($0) }
  }

  /// Looks at the pages of which the number is `wanted`.
  init(_ pages: [Page], where wanted: (Int) -> Bool = { _ in true }) {
    self.pages = pages
    for index in pages.indices where wanted(pages[index].number) {
      guard let page = TurnedPage(pages[index]) else { continue }
      turned[pages[index].number] = page
      self.pages[index] = page.page
    }
  }

  /// Tables as they lie on these pages.
  func upright(_ tables: [Table]) -> [Table] {
    turned.isEmpty ? tables : tables.map { table in table.moved(upright) }
  }

  /// Lines as they lie on these pages.
  func upright(_ lines: [Line]?) -> [Line]? {
    guard !turned.isEmpty else { return lines }
    return lines?.map { line in
      var line = line
      line.place = upright(line.place)
      return line
    }
  }

  /// A table of these pages as it lies on those of the document.
  func original(_ table: Table) -> Table { turned.isEmpty ? table : table.moved(original) }

  /// A place on these pages on those of the document.
  func original(_ place: Place) -> Place { place.page.flatMap { turned[$0] }.map { $0.original(place) } ?? place }

  private func upright(_ place: Place) -> Place { place.page.flatMap { turned[$0] }.map { $0.turned(place) } ?? place }
}
