import DocumentModel
import PipelineKit

/// What the report says of the fee for handling requests; silence is null, not zero.
struct ProcessingFee {
  /// Whether a fee was charged; nil where nothing is said, or the statements contradict each other.
  private(set) var isCharged: Bool?
  /// In yuan, as a decimal string; nil where several amounts are named and none of them is the whole.
  private(set) var amount: String?
  private(set) var quote: Found?
  /// Whether it may be that of all years together.
  private(set) var isUndated = false
  /// Whether something stands between digits of the sentences that speak of a charge.
  private(set) var isParted = false

  /// Reads sentence by sentence. A charge outweighs a denial in another sentence; a first amount that is called a sum is
  /// the whole where those that follow are its parts, and of several others nobody knows which is meant. A sentence that
  /// is printed twice counts once. Sums for which no year is named count where there are no others, and are uncertain, but
  /// where it is denied of the year.
  init(_ blocks: [Block], year: String?, vocabulary: Vocabulary) {
    var charges: [(statement: FeeStatement, quote: Found)] = []
    var undated: [(statement: FeeStatement, quote: Found)] = []
    var others: [(statement: FeeStatement, quote: Found)] = []
    var charging: Set<String> = []
    var deniesYear = false
    for block in blocks where block.table == nil {
      guard vocabulary.fee.about.matches(block.text.folded) else { continue }
      for range in block.sentences {
        let sentence = String(block.text.folded[range])
        guard let statement = FeeStatement(sentence, year: year, vocabulary) else { continue }
        if case .charged = statement {
          guard charging.insert(sentence.filter { $0.isLetter || $0.isNumber }).inserted else { continue }
          if block.text.partsNumbers(in: range) { isParted = true }
          if vocabulary.fee.undated.matches(sentence) {
            undated.append((statement, block.found(range)))
          } else {
            charges.append((statement, block.found(range)))
          }
        } else {
          others.append((statement, block.found(range)))
          if statement == .denied, Self.names(year, in: sentence, vocabulary.fee) { deniesYear = true }
        }
      }
    }
    if charges.isEmpty, !deniesYear { (charges, isUndated) = (undated, !undated.isEmpty) }
    guard let first = charges.first ?? others.first(where: { $0.statement == .unclear }) ?? others.first else { return }
    quote = first.quote
    guard !charges.isEmpty else {
      if first.statement == .denied { (isCharged, amount) = (false, "0") }
      return
    }
    isCharged = true
    amount = FeeStatement.whole(charges.flatMap { $0.statement.amounts })
  }

  /// Whether a sentence says that it is about the year of the report.
  private static func names(_ year: String?, in sentence: String, _ fee: Vocabulary.Fee) -> Bool {
    if fee.thisYear.matches(sentence) { return true }
    guard let year, let named = fee.namedYear.firstMatch(in: sentence)?.firstGroup else { return false }
    return sentence[named] == year
  }

  /// The fields of the statement; all are missing where nothing is said.
  func fields(stage: String) -> [Field] {
    func field(_ key: String, _ value: JSONValue) -> Field {
      let state: ValueState = quote == nil ? .missing : value == .null ? .ambiguous : .printed
      return Field(
        "/processing_fee/\(key)", value, Provenance(state, raw: quote?.shown, stage: stage, places: quote?.places ?? [])
      )
    }
    var said = [field("charged", isCharged.map { .bool($0) } ?? .null), field("amount_yuan", .string(orNull: amount))]
    let doubt = isUndated ? "summed up, and no year is named" : isParted ? "something stands between its digits" : nil
    for index in said.indices where said[index].value != .null {
      guard let doubt, isUndated || index == 1 else { continue }
      said[index].provenance?.state = .uncertain
      said[index].provenance?.note = doubt
    }
    return said + [field("quote", .string(orNull: quote?.shown))]
  }
}
