import DocumentModel
import PipelineKit

/// What the report says of the fee for handling requests; silence is null, not zero.
struct ProcessingFee {
  /// Whether a fee was charged; nil where nothing is said.
  private(set) var isCharged: Bool?
  /// In yuan, as a decimal string.
  private(set) var amount: String?
  private(set) var quote: Found?

  /// Reads sentence by sentence. The first amount is the whole, those that follow are its parts; it outweighs a denial.
  init(_ blocks: [Block], year: String?, vocabulary: Vocabulary) {
    for block in blocks where block.table == nil {
      guard vocabulary.fee.about.matches(block.text.folded) else { continue }
      for sentence in block.sentences { read(sentence, of: block, year: year, vocabulary) }
    }
  }

  private mutating func read(
    _ range: Range<String.Index>, of block: Block, year: String?, _ vocabulary: Vocabulary
  ) {
    let fee = vocabulary.fee
    // What a sentence says of another year is left out, clause by clause; rates are no amounts.
    let sentence = block.text.folded[range].split(separator: ",").filter { clause in
      guard let other = fee.namedYear.firstMatch(in: String(clause))?.firstGroup else { return true }
      return year == nil || String(clause)[other] == year ?? ""
    }.filter { !fee.rate.matches(String($0)) }.joined(separator: ",")
    guard isCharged != true, fee.about.matches(sentence), !fee.otherYear.matches(sentence),
      fee.exact.matches(sentence) || !fee.unrelated.matches(sentence)
    else { return }
    let isDenied = fee.notCharged.contains { $0.matches(sentence) }
    if !isDenied {
      for pattern in fee.charged {
        guard let match = pattern.firstMatch(in: sentence), let group = match["amount"],
          let yuan = yuan(String(sentence[group]), vocabulary.numerals)
        else { continue }
        (isCharged, amount, quote) = (yuan != "0", yuan, block.found(range))
        return
      }
    }
    guard isDenied else { return }
    (isCharged, amount, quote) = (false, "0", block.found(range))
  }

  /// `2.5万` → `25000`, `叁仟` → `3000`, `3,940` → `3940`.
  private func yuan(_ text: String, _ numerals: Numerals) -> String? {
    if let number = numerals.integer(text.filter { $0 != "," }) { return String(number) }
    let digits = text.prefix { $0.isDigit || $0 == "." || $0 == "," }.filter { $0 != "," }
    let parts = digits.split(separator: ".")
    guard let whole = parts.first else { return nil }
    var reading = FigureReader.Reading(sign: "", whole: String(whole), fraction: "", unit: "", note: "")
    if parts.count == 2 { reading.fraction = String(parts[1]) }
    let unit = text.drop { $0.isDigit || $0 == "." || $0 == "," }
    guard !unit.isEmpty else { return reading.decimal }
    guard let factor = numerals.units[String(unit)] else { return nil }
    return reading.shifted(by: String(factor).count - 1)
  }

  /// The fields of the statement; all are missing where nothing is said.
  func fields(stage: String) -> [Field] {
    let state: ValueState = quote == nil ? .missing : .printed
    let provenance = Provenance(state, raw: quote?.shown, stage: stage, places: quote?.places ?? [])
    return [
      Field("/processing_fee/charged", isCharged.map { .bool($0) } ?? .null, provenance),
      Field("/processing_fee/amount_yuan", .string(orNull: amount), provenance),
      Field("/processing_fee/quote", .string(orNull: quote?.shown), provenance),
    ]
  }
}
