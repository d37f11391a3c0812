import DocumentModel

/// A table of a form, found in the document.
struct FormMapping {
  let form: Form
  let table: FormTable
  let blocks: [BlockMapping]

  /// Whether the form was met elsewhere in the file as well.
  private(set) var isRepeated = false
  /// Whether it was met as well in another section of the same report, so that nothing tells which is meant.
  private var isContested = false
  /// Another form that was met nearly as well, so that what both say of a line is all that is certain.
  private(set) var rival: FormRival?
  /// The tables of the section where most of it was met, where rows were gathered from others too; those are uncertain.
  private var ownTables: Set<Int>?

  /// Looks for a table of a form among these tables of the document.
  init(_ table: FormTable, of form: Form, in document: TableLines, tables: [Int]) {
    self.form = form
    self.table = table
    var open = document.lines(of: tables)
    blocks = table.blocks.map { block in
      let mapping = BlockMapping(block, in: document, open: open)
      let taken = Set(mapping.lines.joined())
      open.removeAll(where: taken.contains)
      return mapping
    }
  }

  /// Whether enough was met to say that the table is there: two rows or columns, and a seventh of the form. One common
  /// word, such as "total", is no table.
  var isFound: Bool { blocks.reduce(0) { $0 + $1.met } >= 2 && score >= 0.15 }

  /// How many of the form's rows and columns were met, less what the form does not know; beyond some of it that is another
  /// table beside the form's, which is there all the same.
  private var met: Double { blocks.reduce(0) { $0 + $1.met - Double(min($1.strangers, Self.mostStrangers)) / 2 } }

  private static let mostStrangers = 8

  /// How much of what the form prints was met, from 0 to 1.
  var score: Double {
    let expected = blocks.reduce(0) { $0 + $1.block.rows.count + $1.block.columns.count }
    return max(0, min(1, met / Double(max(expected, 1))))
  }

  /// For each table of the forms, the form that it follows: by its words alone, never by a year. Only which rows a table has
  /// that is missing is told by the `year` of the report, where the words of the others fit several forms.
  ///
  /// What was met decides, not what is missing: a table that was cut says nothing of the rows behind the cut. Where two
  /// forms were met as well as each other, the form of the first table that leaves no doubt decides. All tables come from one report: the
  /// first of the file that has any, as its title is the one that is read.
  static func choose(
    among forms: [Form], in document: TableLines, chapters: Chapters, year: Int? = nil
  ) -> [FormMapping] {
    let reports = chapters.reports.map { mappings(of: forms, in: document, sections: $0, year: year) }
    guard let index = reports.firstIndex(where: { $0.contains(where: \.isFound) }) ?? reports.indices.first else {
      return []
    }
    var chosen = reports[index]
    for (other, mappings) in reports.enumerated() where other != index {
      for table in chosen.indices where mappings[table].isFound { chosen[table].isRepeated = true }
    }
    return chosen
  }

  /// Of forms that have no table in common those whose tables were met best, or else the first.
  private static func mappings(
    of forms: [Form], in document: TableLines, sections: [[Int]], year: Int?
  ) -> [FormMapping] {
    var families: [[Form]] = []
    for form in forms {
      let keys = form.tables.map(\.key)
      let relative = families.firstIndex { $0.contains { $0.tables.contains { keys.contains($0.key) } } }
      if let relative { families[relative].append(form) } else { families.append([form]) }
    }
    let all = families.map { tables(of: $0, in: document, sections: sections, year: year) }
    let met = all.map { $0.reduce(0) { $0 + ($1.isFound ? $1.met : 0) } }
    return met.max().flatMap { best in met.firstIndex(of: best).map { all[$0] } } ?? []
  }

  /// Forms that differ by less were met as well as each other.
  private static let aWord = 1.0

  private static func tables(
    of forms: [Form], in document: TableLines, sections: [[Int]], year: Int?
  ) -> [FormMapping] {
    var keys: [String] = []
    for table in forms.flatMap(\.tables) where !keys.contains(table.key) { keys.append(table.key) }
    var chosen: [FormMapping] = []
    let all = keys.map { key in
      forms.compactMap { form in
        form.tables.first { $0.key == key }.map { best(of: $0, form: form, in: document, sections: sections) }
      }
    }
    let bests = all.map { mappings in mappings.max { ($0.met, $0.score) < ($1.met, $1.score) } }
    let clear = zip(all, bests).first { mappings, best in
      best.map { best in best.isFound && mappings.count { best.met - $0.met < aWord } == 1 } ?? false
    }?.1
    let known = (clear ?? bests.lazy.compactMap { $0 }.first(where: \.isFound))?.form.name
    for (mappings, best) in zip(all, bests) {
      guard let best else { continue }
      var mapping = mappings.first { $0.form.name == known && best.met - $0.met < aWord } ?? best
      let rivals = mappings.filter { $0.form.name != mapping.form.name && best.met - $0.met < aWord }
      if mapping.isFound { mapping.rival = FormRival(rivals, of: mapping) }
      chosen.append(mapping)
    }
    // A table that is missing has the members that the form of the others gives it.
    let telling = zip(chosen, all).filter { table, mappings in
      table.isFound && mappings.allSatisfy { $0.form.name == table.form.name || $0.met < table.met }
    }.map(\.0)
    let inForce = year.flatMap { year in forms.first { $0.years?.contains(year) == true }?.name }
    let met = telling.max { $0.score < $1.score }?.form.name ?? inForce ?? chosen.first(where: \.isFound)?.form.name
    return zip(chosen, all).map { table, mappings in
      guard !table.isFound else { return table }
      var missing = mappings.first { $0.form.name == met } ?? table
      // Which form it follows nothing tells.
      missing.rival = FormRival(mappings.filter { $0.form.name != missing.form.name }, of: missing)
      return missing
    }
  }

  /// The table in the section where most of it was met, or in all of them, if more than two rows more are met there: then
  /// what looks like a heading stands in the table, or it is not the table of the form that prints the others.
  private static func best(
    of table: FormTable, form: Form, in document: TableLines, sections: [[Int]]
  ) -> FormMapping {
    var all = FormMapping(table, of: form, in: document, tables: Array(sections.joined()))
    guard sections.count > 1 else { return all }
    let single = sections.map { FormMapping(table, of: form, in: document, tables: $0) }
    // Narrative comes first, so that of equals the last is the likelier.
    guard let most = single.map(\.met).max(), let index = single.lastIndex(where: { $0.met >= most - 0.5 }) else {
      return all
    }
    var best = single[index]
    if all.met > most + 2 {
      all.ownTables = Set(sections[index])
      all.isRepeated = all.blocks.contains { $0.lines.joined().contains { !all.isOwn($0, in: document) } }
      return all
    }
    best.isContested = single.count { $0.isFound && $0.met >= most - 0.5 } > 1
    best.isRepeated = single.count { $0.isFound && $0.score > best.score / 2 } > 1
    return best
  }

  /// Whether a line stands where most of the table was met.
  private func isOwn(_ line: Int, in document: TableLines) -> Bool {
    ownTables?.contains(document.lines[line].table) ?? true
  }

  /// The lines that print rows of its blocks.
  var lines: Set<Int> { Set(blocks.flatMap { $0.lines.joined() }) }

  /// What is printed, block by block, in a report whose year `times` knows; `used` are the lines of all its tables.
  func grids(_ figures: FigureReader, times: TimeReader = TimeReader(), used: Set<Int>? = nil) -> [EvidenceGrid] {
    blocks.map { mapping in
      var grid = mapping.block.grid(form: form.name, table: table)
      let evidence = BlockEvidence(mapping, figures: figures, times: times)
      grid.rows = evidence.rows(of: table, used: used ?? lines) { line in
        isContested || !isOwn(line, in: mapping.document)
          || rival.map { !$0.agrees(with: mapping, on: line) } ?? false
      }
      grid.doubtfulRows = rival?.unknownRows(of: mapping) ?? []
      grid.isLaidOut = evidence.isLaidOut
      grid.placement = evidence.placement
      grid.headedColumns = mapping.block.layout == .rows ? mapping.headedColumns : nil
      return grid
    }
  }
}
