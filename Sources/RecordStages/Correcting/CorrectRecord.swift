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
/// A correction holds only as long as the document prints under it what the person saw: else it is left out and said to be
/// stale, and so is one of a value that the record does not have.
public struct CorrectRecord: Stage {
  /// `record.correct`.
  public static let contract = StageContract(
    "record.correct", version: 1, summary: "Puts what a person corrected in the place of what was read",
    reads: [.record], writes: [.record], takesCorrections: true)

  /// Ready as it is.
  public init(options: NoOptions) {}

  /// Applies the corrections of this document, in their order.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    let corrections = context.request.corrections.filter { $0.document == document.source.sha256 }
    guard !corrections.isEmpty, var record = document.record else { return }
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
      let state = earlier.map { ", was \($0.state.rawValue)" } ?? ""
      record.fields[index].value = correction.value
      record.fields[index].provenance = Provenance(
        .corrected, raw: earlier?.raw, stage: context.stage, places: earlier?.places ?? [],
        note: "by \(correction.by): \(correction.reason)\(state)")
    }
    document.record = record
  }

  private func stale(_ correction: Correction, _ reason: String) -> Diagnostic {
    Diagnostic(
      "record.correction_stale", .warning,
      "the correction of \(correction.pointer) by \(correction.by) is left out: \(reason)")
  }
}
