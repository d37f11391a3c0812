public import DocumentModel
public import PipelineKit

/// Puts what a person corrected in the place of what was read.
///
/// Reads and writes `record`; what is corrected comes with the run (`--corrections`). Stands before the checks, so that they
/// are of the corrected values.
///
/// ```
///   read      13, printed "13"
///   expected      "13", value 18, by A, because …   → 18, corrected
///   expected      "12", value 18                    → 13 as it was: the correction is stale
/// ```
/// Of several corrections of one value that hold, the last counts; where they contradict each other, that is said.
///
/// A correction holds only as long as the document prints under it what the person saw: else it is left out and said to be
/// stale, and so is one of a value that the record does not have. A value of another kind than the record has there, such
/// as words for a count, is refused: nobody can compute with it.
public struct CorrectRecord: Stage {
  /// `record.correct`.
  public static let contract = StageContract(
    "record.correct", version: 3, summary: "Puts what a person corrected in the place of what was read",
    reads: [.record], writes: [.record], takesCorrections: true)

  /// Ready as it is.
  public init(options: NoOptions) {}

  /// Applies the corrections of this document, in their order.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    let corrections = context.request.corrections.filter { $0.document == document.source.sha256 }
    guard !context.request.corrections.isEmpty, var record = document.record else { return }
    if corrections.isEmpty {
      document.diagnostics.append(
        Diagnostic(
          "record.correction_elsewhere", .info,
          "no correction is of this document, whose SHA-256 is \(document.source.sha256)"))
    }
    var held: [String: (correction: Correction, state: ValueState?)] = [:]
    for correction in corrections {
      guard let index = record.fields.firstIndex(where: { $0.pointer == correction.pointer }) else {
        document.diagnostics.append(stale(correction, "the record has no such value"))
        continue
      }
      let field = record.fields[index]
      let earlier = field.provenance
      guard earlier?.raw == correction.expectedRaw else {
        let now = earlier?.raw.map { "'\($0)'" } ?? "nothing"
        let then = correction.expectedRaw.map { "'\($0)'" } ?? "nothing"
        document.diagnostics.append(stale(correction, "\(now) is printed there, not \(then)"))
        continue
      }
      if let fault = fault(of: correction.value, at: field, in: record) {
        document.diagnostics.append(
          Diagnostic(
            "record.correction_refused", .error,
            "the correction of \(correction.pointer) by \(correction.by) is left out: \(fault)"))
        continue
      }
      if let other = held[correction.pointer]?.correction, other.value != correction.value {
        document.diagnostics.append(
          Diagnostic(
            "record.correction_repeated", .warning,
            "\(correction.pointer) is corrected more than once: to \(other.value.inOneLine) by \(other.by), to "
              + "\(correction.value.inOneLine) by \(correction.by); the last counts"))
      }
      let first = held[correction.pointer]?.state ?? earlier?.state
      held[correction.pointer] = (correction, first)
      let state = first.map { ", was \($0.rawValue)" } ?? ""
      record.fields[index].value = correction.value
      record.fields[index].provenance = Provenance(
        .corrected, raw: earlier?.raw, stage: context.stage, places: earlier?.places ?? [],
        note: "by \(correction.by): \(correction.reason)\(state)")
    }
    document.record = record
  }

  /// Why a value cannot stand in a field; nil where it can. Nothing at all can stand everywhere.
  private func fault(of value: JSONValue, at field: Field, in record: Record) -> String? {
    for grid in record.grids {
      guard let cell = grid.pointers.firstIndex(of: field.pointer) else { continue }
      switch value {
      case .null: return nil
      case .integer(let count) where count >= 0 || grid.signed[cell]: return nil
      case .string(let text) where grid.amounts[cell] && isDecimal(text, signed: grid.signed[cell]): return nil
      default: return "\(value.inOneLine) is no \(grid.amounts[cell] ? "amount" : "count")"
      }
    }
    return switch (field.value, value) {
    case (.null, _), (_, .null), (.bool, .bool), (.string, .string), (.array, .array), (.object, .object),
      (.integer, .integer), (.number, .number), (.number, .integer), (.integer, .number):
      nil
    default: "\(value.inOneLine) is of another kind than \(field.value.inOneLine)"
    }
  }

  /// Whether a text is an amount as records have it: digits, and more of them behind a point.
  private func isDecimal(_ text: String, signed: Bool) -> Bool {
    let digits = signed && text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  private func stale(_ correction: Correction, _ reason: String) -> Diagnostic {
    Diagnostic(
      "record.correction_stale", .warning,
      "the correction of \(correction.pointer) by \(correction.by) is left out: \(reason)")
  }
}
