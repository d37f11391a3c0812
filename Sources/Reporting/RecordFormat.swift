public import DocumentModel
public import PipelineKit

/// The format `gouji.record/1`: what a document states, with proof.
public enum RecordFormat {
  /// The record of a document; a document without one gives an empty partial record.
  public static func json(
    _ document: Document, pipeline: PipelineIdentity, generator: Generator
  ) -> JSONValue {
    let record = document.record ?? Record(status: .partial)
    return [
      "format": "gouji.record/1",
      "generator": generator.json,
      "pipeline": pipeline.json,
      "source": document.source.json,
      "status": .string(record.status.rawValue),
      "data": data(record),
      "provenance": .object(
        record.fields.compactMap { field in field.provenance.map { JSONValue.Member(field.pointer, $0.json) } }),
      "checks": .array(record.checks.map(\.json)),
      "repairs": .array(record.repairs.map(\.json)),
      "unexplained": .array(record.unexplained.map { ["raw": .string($0.raw), "places": $0.places.json] }),
      "diagnostics": .array(document.diagnostics.map(\.json)),
    ]
  }

  /// The fields as one object, nested by their pointers.
  private static func data(_ record: Record) -> JSONValue {
    var data = JSONValue.object([])
    for field in record.fields { data.set(field.value, at: field.pointer.split(separator: "/")) }
    return data
  }
}

extension PipelineIdentity {
  /// As records carry it.
  var json: JSONValue {
    [
      "name": .string(name), "fingerprint": .string(fingerprint),
      "stages": .object(
        stages.map { JSONValue.Member($0.id, ["version": .integer($0.version), "settings": .string($0.settings)]) }),
    ]
  }
}

extension Provenance {
  /// As records carry it.
  var json: JSONValue {
    var members: [JSONValue.Member] = [.init("state", .string(state.rawValue))]
    if let raw { members.append(.init("raw", .string(raw))) }
    members.append(.init("stage", .string(stage)))
    members.append(.init("places", places.json))
    if let isConfirmed { members.append(.init("confirmed", .bool(isConfirmed))) }
    if let note { members.append(.init("note", .string(note))) }
    return .object(members)
  }
}

extension Check {
  /// As records and audits carry it.
  var json: JSONValue {
    [
      "id": .string(id), "instance": .string(instance), "status": .string(status.rawValue),
      "severity": .string(severity.rawValue), "message": .string(message), "expression": .string(expression),
      "pointers": .array(pointers.map { .string($0) }), "left": left, "right": right, "difference": difference,
      "cause": .string(orNull: cause?.rawValue),
    ]
  }
}

extension Repair {
  /// As records carry it.
  var json: JSONValue {
    [
      "op": .string(operation), "from": .string(orNull: from), "path": .string(path), "before": before, "after": after,
      "reason": .string(reason),
    ]
  }
}
