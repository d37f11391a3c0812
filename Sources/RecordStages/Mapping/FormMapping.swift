import DocumentModel

/// A table of a form, found in the document.
struct FormMapping {
  let form: Form
  let table: FormTable
  let blocks: [BlockMapping]

  init(_ table: FormTable, of form: Form, in document: TableLines) {
    self.form = form
    self.table = table
    var taken: Set<Int> = []
    blocks = table.blocks.map { block in
      let mapping = BlockMapping(block, in: document) { !taken.contains($0) }
      taken.formUnion(mapping.lines.joined())
      return mapping
    }
  }

  /// Whether enough was met to say that the table is there: two rows or columns, and a seventh of the form. One common
  /// word, such as "total", is no table.
  var isFound: Bool { blocks.reduce(0) { $0 + $1.met } >= 2 && score >= 0.15 }

  /// How many of the form's rows and columns were met, less what the form does not know.
  private var met: Double { blocks.reduce(0) { $0 + $1.met - Double($1.strangers) / 2 } }

  /// How much of what the form prints was met, from 0 to 1.
  var score: Double {
    let expected = blocks.reduce(0) { $0 + $1.block.rows.count + $1.block.columns.count }
    return max(0, min(1, met / Double(max(expected, 1))))
  }

  /// For each table of the forms, the form that it follows: by its words alone, never by a year.
  ///
  /// What was met decides, not what is missing: a table that was cut says nothing of the rows behind the cut. Where two
  /// forms were met as well as each other, the form of the tables before decides.
  static func choose(among forms: [Form], in document: TableLines) -> [FormMapping] {
    var keys: [String] = []
    for table in forms.flatMap(\.tables) where !keys.contains(table.key) { keys.append(table.key) }
    var chosen: [FormMapping] = []
    for key in keys {
      let mappings = forms.compactMap { form in
        form.tables.first { $0.key == key }.map { FormMapping($0, of: form, in: document) }
      }
      let before = chosen.first(where: \.isFound)?.form.name
      guard let best = mappings.max(by: { ($0.met, $0.score) < ($1.met, $1.score) }) else { continue }
      let equal = mappings.first { $0.form.name == before && best.met - $0.met < 0.5 }
      chosen.append(equal ?? best)
    }
    return chosen
  }

  /// What is printed, block by block.
  func grids(_ figures: FigureReader) -> [EvidenceGrid] {
    blocks.map { mapping in
      var grid = mapping.block.grid(form: form.name, table: table)
      grid.rows = mapping.evidence(figures)
      grid.headedColumns = mapping.block.layout == .rows ? mapping.headedColumns : nil
      return grid
    }
  }
}
