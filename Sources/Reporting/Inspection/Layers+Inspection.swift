import DocumentModel

/// The layers of a document as the inspection page takes them: short, as there are thousands of boxes.
///
/// A place is `[page, x0, y0, x1, y1]`, `[line, first, last]` or a path.
extension Place {
  var inspected: JSONValue {
    switch self {
    case .page(let page, let box): .array([.integer(page)] + box.edges)
    case .line(let line, let columns): [.integer(line), .integer(columns.lowerBound), .integer(columns.upperBound)]
    case .path(let path): .string(path)
    }
  }
}

extension [Place] {
  var inspected: JSONValue { .array(map(\.inspected)) }
}

extension Box {
  fileprivate var edges: [JSONValue] { [.number(x0), .number(y0), .number(x1), .number(y1)] }
  /// In tenths of a point: a pixel is no smaller on any screen.
  fileprivate var tenths: [JSONValue] { [x0, y0, x1, y1].map { .integer(Int(tenthsOf: $0)) } }
}

extension Int {
  fileprivate init(tenthsOf length: Double) {
    self = length.isFinite ? Int((Swift.min(Swift.max(length, -1e6), 1e6) * 10).rounded()) : 0
  }
}

extension Page {
  /// `{"number", "text", "glyphs", "rulings", "images"}`: boxes one after the other, in tenths of a point.
  var inspected: JSONValue {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: glyphs.map(\.scalar))
    let rules = rulings.map { rule in
      rule.axis == .horizontal
        ? Box(rule.start, rule.position, rule.end, rule.position)
        : Box(rule.position, rule.start, rule.position, rule.end)
    }
    return [
      "number": .integer(number), "text": .string(String(text)), "glyphs": .array(glyphs.flatMap(\.box.tenths)),
      "rulings": .array(rules.flatMap(\.tenths)), "images": .array(images.flatMap(\.tenths)),
    ]
  }
}

extension Line {
  /// `{"text", "shown", "place", "words", "role"}`, the text as printed; `shown` where it differs.
  var inspected: JSONValue {
    var members: [JSONValue.Member] = [.init("text", .string(text.raw))]
    if !text.shown.unicodeScalars.elementsEqual(text.raw.unicodeScalars) {
      members.append(.init("shown", .string(text.shown)))
    }
    members.append(.init("place", place.inspected))
    if !words.isEmpty { members.append(.init("words", .array(words.flatMap(\.box.tenths)))) }
    if role != .body { members.append(.init("role", .string(role.rawValue))) }
    return .object(members)
  }
}

extension Block {
  /// `{"kind", "text", "places"}`.
  var inspected: JSONValue {
    let kind =
      switch kind {
      case .title: "title"
      case .heading(let level): "heading \(level)"
      case .paragraph: "paragraph"
      case .table(let id): "table \(id)"
      }
    return ["kind": .string(kind), "text": .string(text.shown), "places": places.inspected]
  }
}

extension Table {
  /// `{"id", "kind", "confidence", "rows", "columns", "regions", "cells"}`; a cell is
  /// `[row, column, row span, column span, whether it is a header, text, places]`.
  var inspected: JSONValue {
    let cells = cells.map { cell -> JSONValue in
      [
        .integer(cell.row), .integer(cell.column), .integer(cell.rowSpan), .integer(cell.columnSpan),
        .integer(cell.isHeader ? 1 : 0), .string(cell.text.shown), cell.places.inspected,
      ]
    }
    return [
      "id": .string(id), "kind": .string(kind.rawValue), "confidence": .number(confidence), "rows": .integer(rows),
      "columns": .integer(columns), "regions": regions.inspected, "cells": .array(cells),
    ]
  }
}

extension Field {
  /// `{"pointer", "value", "state", "raw", "stage", "places", "confirmed", "note"}`; what is not known is left out.
  var inspected: JSONValue {
    var members: [JSONValue.Member] = [.init("pointer", .string(pointer)), .init("value", value)]
    guard let provenance else { return .object(members) }
    members.append(.init("state", .string(provenance.state.rawValue)))
    if let raw = provenance.raw { members.append(.init("raw", .string(raw))) }
    members.append(.init("stage", .string(provenance.stage)))
    if !provenance.places.isEmpty { members.append(.init("places", provenance.places.inspected)) }
    if let isConfirmed = provenance.isConfirmed { members.append(.init("confirmed", .bool(isConfirmed))) }
    if let note = provenance.note { members.append(.init("note", .string(note))) }
    return .object(members)
  }
}
