import PipelineKit
public import DocumentModel

/// The format `gouji.explanation/1`: the whole story of one value, from the words on the page to the checks that touch it.
public struct Explanation: Sendable {
  private let field: Field
  private let words: [Found]
  fileprivate let cells: [CellStory]
  private let repairs: [Repair]
  private let equations: [Equation]
  private let checks: [Check]

  /// A text and where it stands.
  private struct Found: Sendable {
    var text: String
    var place: Place
  }

  /// A cell that stands where the value does.
  fileprivate struct CellStory: Sendable {
    var table: String
    var cell: Cell
    var columnHeads: [String]
    var rowHeads: [String]
  }

  /// The story of the value at `pointer`; `nil` where the record has none there.
  ///
  /// - Parameter document: after the last stage, with its lines and tables.
  public init?(of pointer: String, in document: Document) {
    guard let record = document.record, var field = record.fields.first(where: { $0.pointer == pointer }) else {
      return nil
    }
    // What a fact consists of is said at pointers of its own.
    for part in record.fields where part.pointer.hasPrefix(pointer + "/") {
      field.value.set(part.value, at: part.pointer.dropFirst(pointer.count).split(separator: "/"))
      field.provenance = field.provenance ?? part.provenance
    }
    self.field = field
    let places = field.provenance?.places ?? []
    words = (document.lines ?? []).flatMap { line -> [Found] in
      let inside = line.words.compactMap { word -> Found? in
        guard let page = line.place.page, places.contains(where: { $0.holds(.page(page, word.box)) }) else {
          return nil
        }
        return Found(text: word.text, place: .page(page, word.box))
      }
      guard inside.isEmpty, line.words.isEmpty, places.contains(where: { line.place.holds($0) }) else { return inside }
      return [Found(text: line.text.raw, place: line.place)]
    }
    cells = (document.tables ?? []).flatMap { table in
      table.cells.filter { cell in
        cell.places.contains { place in places.contains { place.holds($0) || $0.holds(place) } }
      }.map { CellStory($0, in: table) }
    }
    repairs = record.repairs.filter { $0.path == pointer || $0.from == pointer }
    checks = record.checks.filter { check in
      check.pointers.contains { $0 == pointer || $0.hasPrefix(pointer + "/") }
    }
    equations = record.grids.flatMap { grid -> [Equation] in
      guard let index = grid.pointers.firstIndex(of: pointer) else { return [] }
      return grid.equations.filter { $0.left.contains(index) || $0.right.contains(index) }
    }
  }

  /// The pointers of `record` that are most like one that it does not have, at most ten.
  public static func pointers(like pointer: String, in record: Record) -> [String] {
    let parts = Set(pointer.split(separator: "/"))
    let ranked = record.fields.map { field in
      (field.pointer, field.pointer.split(separator: "/").count { parts.contains($0) })
    }
    let best = ranked.map(\.1).max() ?? 0
    return best == 0 ? [] : ranked.filter { $0.1 == best }.prefix(10).map(\.0)
  }

  /// As an object.
  public var json: JSONValue {
    [
      "format": "gouji.explanation/1", "pointer": .string(field.pointer), "value": field.value,
      "provenance": field.provenance?.json ?? .null,
      "words": .array(words.map { ["text": .string($0.text), "place": $0.place.json] }),
      "cells": .array(
        cells.map { story in
          [
            "table": .string(story.table), "row": .integer(story.cell.row), "column": .integer(story.cell.column),
            "text": .string(story.cell.text.shown), "raw": .string(story.cell.text.raw),
            "column_heads": .array(story.columnHeads.map { .string($0) }),
            "row_heads": .array(story.rowHeads.map { .string($0) }), "places": story.cell.places.json,
          ]
        }),
      "repairs": .array(repairs.map(\.json)),
      "equations": .array(
        equations.map {
          ["id": .string($0.id), "instance": .string($0.instance), "expression": .string($0.expression)]
        }),
      "checks": .array(checks.map(\.json)),
    ]
  }

  /// In lines for a person.
  public var text: String {
    var lines = ["\(field.pointer) = \(field.value.inOneLine)"]
    func section(_ name: String, _ entries: [String]) {
      lines.append(entries.isEmpty ? "\(name): none" : "\(name):")
      lines += entries.map { "  " + $0 }
    }
    if let provenance = field.provenance {
      lines.append("state: \(provenance.state.rawValue), decided by the stage \(provenance.stage)")
      if let raw = provenance.raw { lines.append("printed: \(JSONValue.string(raw).inOneLine)") }
      if let isConfirmed = provenance.isConfirmed {
        lines.append(
          isConfirmed ? "holds if one printed figure were wrong" : "rests on every printed figure of its sums")
      }
      if let note = provenance.note { lines.append("note: \(note)") }
      section("places", provenance.places.map(\.inWords))
    } else {
      lines.append("state: none; it is not read off a single place")
    }
    section("words", words.map { "\(JSONValue.string($0.text).inOneLine), \($0.place.inWords)" })
    section(
      "cells",
      cells.flatMap { story in
        let cell = story.cell
        let heads = [("under", story.columnHeads), ("beside", story.rowHeads)].filter { !$0.1.isEmpty }
        return [
          "table \(story.table), row \(cell.row), column \(cell.column): \(JSONValue.string(cell.text.shown).inOneLine)"
        ]
          + heads.map { "  \($0.0) " + $0.1.joined(separator: " | ") }
      })
    section("repairs", repairs.map { "\($0.operation) \($0.from.map { "\($0) -> " } ?? "")\($0.path): \($0.reason)" })
    section("equations", equations.map { "\($0.id) \($0.instance): \($0.expression)" })
    section(
      "checks",
      checks.map { check in
        let sides = check.left == .null ? "" : " (\(check.left.inOneLine) against \(check.right.inOneLine))"
        let cause = check.cause.map { ", cause \($0.rawValue)" } ?? ""
        return "\(check.status.rawValue) \(check.id) \(check.instance): \(check.message)\(sides)\(cause)"
      })
    return lines.joined(separator: "\n")
  }
}

extension Explanation.CellStory {
  /// A cell with the texts of the header over and beside it.
  fileprivate init(_ cell: Cell, in table: Table) {
    self.table = table.id
    self.cell = cell
    let others = table.cells.filter { $0 != cell && !$0.text.isBlank }
    columnHeads = others.filter { $0.row < table.headerRows && $0.columnRange.overlaps(cell.columnRange) }.map(
      \.text.shown)
    rowHeads = others.filter {
      $0.column < max(table.headerColumns, 1) && $0.row >= table.headerRows && $0.rowRange.overlaps(cell.rowRange)
    }.map(\.text.shown)
  }
}

extension Place {
  /// For a person.
  fileprivate var inWords: String {
    switch self {
    case .page(let page, let box): "page \(page), box \(box.json.inOneLine)"
    case .line(let line, let columns): "line \(line), columns \(columns.lowerBound) to \(columns.upperBound)"
    case .path(let path): path
    }
  }
}
