public import DocumentModel
public import PipelineKit

/// Decides by the sums which printed figure belongs in which cell, and what is not printed.
///
/// Reads and writes `record`. A figure whose place is certain is never touched. For all others every reading of the
/// table is weighed that keeps the printed order and satisfies all equations, and a cell is filled only where all of
/// them agree (``reconcile(_:budget:)`` has the method, its assumptions and its cost):
///
/// ```
///   kind    adults children total            novels  1 2 3   printed
///   novels  1      2        3                poems   4 0 4   printed 4 4, derived 0
///   poems   4               4         →      sum     5 2 7   printed
///   sum     5      2        7
/// ```
///
/// Where they do not, what the running text states exactly chooses between the readings that are left (``TextEvidence``).
/// Figures that were recognised in a picture are uncertain, and printed only where two sums prove them.
///
/// What stays open is null with its reason. It cannot tell which of two columns is lost when their figures could
/// change places; only a header can, and then a rule of the schema says so.
public struct ReconcileRecord: Stage {
  /// `record.reconcile`.
  public static let contract = StageContract(
    "record.reconcile", version: 9, summary: "Places and derives figures where the sums leave one solution",
    reads: [.record], writes: [.record])

  /// Ready as it is.
  public init(options: NoOptions) {}

  /// Fills the fields that the sums decide.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard var record = document.record else { return }
    let open = record.grids.indices.filter { record.grids[$0].isOpen }
    // Without sums nothing places these.
    record.unexplained += record.grids.filter { !$0.isOpen }.flatMap(\.unplaced)
    var indices: [String: Int] = [:]
    if !open.isEmpty {
      indices = Dictionary(
        record.fields.enumerated().map { ($1.pointer, $0) }, uniquingKeysWith: { first, _ in first })
    }
    for index in open {
      let text = TextEvidence(record.comparisons, of: record.grids[index]) { pointer in
        indices[pointer].map { record.fields[$0] }
      }
      let decision = GridDecision(record.grids[index], stage: context.stage, text: text)
      record.grids[index].suspect = decision.suspect
      for var field in decision.fields {
        if record.grids[index].isRecognised { field.doubtRecognition() }
        if let index = indices[field.pointer] {
          record.fields[index] = field
        } else {
          indices[field.pointer] = record.fields.count
          record.fields.append(field)
        }
      }
      record.checks += decision.checks.map { check in
        // It may be the reading that is wrong.
        guard record.grids[index].isRecognised, check.status == .fail, check.severity == .error else { return check }
        var check = check
        (check.status, check.cause) = (.uncertain, nil)
        return check
      }
      record.repairs += decision.repairs
      record.unexplained += decision.unexplained
    }
    for grid in record.grids where grid.isRecognised { grid.settleRecognised(&record) }
    document.record = record
  }
}
