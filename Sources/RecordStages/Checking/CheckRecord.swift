public import DocumentModel
public import PipelineKit

/// Looks at the equations and rules of the schema, and says whether the record is complete.
///
/// What only the search over readings knows (``ReconcileRecord``: feasible, unheaded) is checked there, and what is missing
/// altogether where it is looked for (``MapRecord``).
///
/// Reads and writes `record`. An equation is assessed only where each of its operands is printed: a sum that a derived
/// figure was made to satisfy proves nothing, and a blank is not zero.
///
/// ```
///   new_received: 12 + 1 = 13   printed 12, 1, 13   → pass
///                 12 + _ = 13   printed 12,  , 13   → not assessable
///                 12 + 1 = 14   printed 12, 1, 14   → fail, cause: source
/// ```
/// Figures that were recognised in a picture are added up, too; where a sum of theirs does not hold, the check is uncertain, as
/// it may be the reading that is wrong.
///
/// What the text states is compared with what is printed or proven in the tables, as no sum of theirs rests on it. How many
/// checks came out how is said in the diagnostic `record.coverage`: that nothing failed may be that nothing could be assessed.
public struct CheckRecord: Stage {
  /// `record.check`.
  public static let contract = StageContract(
    "record.check", version: 9, summary: "Checks the record against the sums and rules of its schema",
    reads: [.record], writes: [.record])

  /// Ready as it is.
  public init(options: NoOptions) {}

  /// Adds the checks.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    guard var record = document.record else { return }
    let fields = Dictionary(record.fields.map { ($0.pointer, $0) }, uniquingKeysWith: { first, _ in first })
    for grid in record.grids {
      let checker = GridChecker(grid: grid, fields: fields)
      record.checks += checker.equations().map(checker.withDoubt)
      record.checks += grid.rules.compactMap(checker.check).map(checker.withDoubt)
      if let reason = checker.gaps {
        record.status = .partial
        document.diagnostics.append(Diagnostic("record.incomplete", .warning, reason))
      }
    }
    record.checks += record.comparisons.map(ComparisonChecker(fields: fields).check)
    document.record = record
    document.diagnostics.append(Diagnostic("record.coverage", .info, "\(CheckCoverage(record.checks))"))
  }
}
