import PipelineKit
import DocumentModel

/// The figures of a record: the values of the tables that `table_forms` names, of the facts, of the fee, and of the rows that
/// the form does not know.
struct RecordFigures: Sequence {
  /// One figure.
  struct Figure {
    var table: String
    var pointer: String
    var value: JSONValue
    var unit: JSONValue = .null
    var isApproximate: JSONValue = .null
    /// What the data itself says of it, where the record has no provenance for the pointer.
    var provenance: JSONValue = .null
    /// What a row is called that the form does not know, and its column; nil where the pointer names both.
    var printed: (row: String?, column: String?)?

    var row: String? {
      if let printed { return printed.row }
      return names.count > 1 ? names.first?.namedByPointer : nil
    }
    var column: String? {
      if let printed { return printed.column }
      return names.dropFirst(names.count > 1 ? 1 : 0).map(\.namedByPointer).joined(separator: "/")
    }

    /// The parts of the pointer below the table.
    private var names: ArraySlice<Substring> { pointer.split(separator: "/").dropFirst() }
  }

  private let figures: [Figure]

  /// Those of the member `data` of a record.
  init(_ data: JSONValue) {
    var figures: [Figure] = []
    for table in data["table_forms"]?.members.map(\.key) ?? [] {
      let root = "/" + table.pointerName
      data[table]?.forEachLeaf(under: root) { pointer, value in
        // A table that is not there has no figures.
        guard pointer.utf8.count > root.utf8.count else { return }
        figures.append(Figure(table: table, pointer: pointer, value: value))
      }
    }
    for fact in data["facts"]?.members ?? [] {
      figures.append(
        Figure(
          table: "facts", pointer: "/facts/\(fact.key.pointerName)/value", value: fact.value["value"] ?? .null,
          unit: fact.value["unit"] ?? .null, isApproximate: fact.value["approximate"] ?? .null))
    }
    if let amount = data["processing_fee"]?["amount_yuan"] {
      figures.append(Figure(table: "processing_fee", pointer: "/processing_fee/amount_yuan", value: amount))
    }
    for (index, row) in (data["extra_rows"]?.elements ?? []).enumerated() {
      for (place, value) in (row["values"]?.elements ?? []).enumerated() {
        figures.append(
          Figure(
            table: row["table"]?.text ?? "extra_rows", pointer: "/extra_rows/\(index)/values/\(place)/value",
            value: value["value"] ?? .null, provenance: value,
            printed: (row["label"]?.text, value["column"].map { $0.text ?? $0.inOneLine })))
      }
    }
    self.figures = figures
  }

  func makeIterator() -> IndexingIterator<[Figure]> { figures.makeIterator() }
}

extension Substring {
  /// The name that a part of a pointer stands for (RFC 6901).
  fileprivate var namedByPointer: String {
    guard utf8.contains(UInt8(ascii: "~")) else { return String(self) }
    return replacing("~1", with: "/").replacing("~0", with: "~").description
  }
}
