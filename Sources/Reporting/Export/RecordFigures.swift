import PipelineKit
import DocumentModel

/// The figures of a record: the values of the tables that `table_forms` names, of the facts, of the fee, and of the rows that
/// the form does not know.
struct RecordFigures: Sequence {
  /// One figure.
  struct Figure {
    var table: String
    var row: String?
    var column: String?
    var pointer: String
    var value: JSONValue
    var unit: JSONValue = .null
    var isApproximate: JSONValue = .null
    /// What the data itself says of it, where the record has no provenance for the pointer.
    var provenance: JSONValue = .null
  }

  private let figures: [Figure]

  /// Those of the member `data` of a record.
  init(_ data: JSONValue) {
    var figures: [Figure] = []
    for table in data["table_forms"]?.members.map(\.key) ?? [] {
      data[table]?.forEachLeaf(under: "/" + table.pointerName) { pointer, value in
        let names = pointer.split(separator: "/").dropFirst()
        // A table that is not there has no figures.
        guard !names.isEmpty else { return }
        figures.append(
          Figure(
            table: table, row: names.count > 1 ? names.first.map { $0.namedByPointer } : nil,
            column: names.dropFirst(names.count > 1 ? 1 : 0).map(\.namedByPointer).joined(separator: "/"),
            pointer: pointer, value: value))
      }
    }
    for fact in data["facts"]?.members ?? [] {
      figures.append(
        Figure(
          table: "facts", row: fact.key, column: "value", pointer: "/facts/\(fact.key.pointerName)/value",
          value: fact.value["value"] ?? .null, unit: fact.value["unit"] ?? .null,
          isApproximate: fact.value["approximate"] ?? .null))
    }
    if let amount = data["processing_fee"]?["amount_yuan"] {
      figures.append(
        Figure(table: "processing_fee", column: "amount_yuan", pointer: "/processing_fee/amount_yuan", value: amount))
    }
    for (index, row) in (data["extra_rows"]?.elements ?? []).enumerated() {
      for (place, value) in (row["values"]?.elements ?? []).enumerated() {
        figures.append(
          Figure(
            table: row["table"]?.text ?? "extra_rows", row: row["label"]?.text,
            column: value["column"].map { $0.text ?? $0.inOneLine },
            pointer: "/extra_rows/\(index)/values/\(place)/value", value: value["value"] ?? .null, provenance: value))
      }
    }
    self.figures = figures
  }

  func makeIterator() -> IndexingIterator<[Figure]> { figures.makeIterator() }
}

extension Substring {
  /// The name that a part of a pointer stands for (RFC 6901).
  fileprivate var namedByPointer: String { replacing("~1", with: "/").replacing("~0", with: "~").description }
}
