import DocumentModel

/// Pages of which the text was recognised in a picture, so that what they say is uncertain until sums prove it.
struct RecognisedPages {
  private let numbers: Set<Int>

  init(_ pages: [Page]?) { numbers = Set((pages ?? []).lazy.filter(\.isRecognised).map(\.number)) }

  /// Whether any of the places is on one of them.
  func hold(_ places: [Place]) -> Bool { !numbers.isEmpty && places.contains { $0.page.map(numbers.contains) == true } }

  /// Whether any figure of the grid is on one of them.
  func hold(_ grid: EvidenceGrid) -> Bool {
    !numbers.isEmpty && grid.rows.contains { $0.tokens.contains { hold($0.places) } }
  }

  /// Makes values that were read off them uncertain.
  func doubt(_ fields: inout [Field]) {
    guard !numbers.isEmpty else { return }
    for index in fields.indices where hold(fields[index].provenance?.places ?? []) { fields[index].doubtRecognition() }
  }
}

extension Field {
  /// Makes a value that rests on recognised text uncertain; what is null stays what it is.
  mutating func doubtRecognition() {
    guard value != .null, let state = provenance?.state else { return }
    switch state {
    case .printed, .converted, .derived, .repaired:
      provenance?.state = .uncertain
      if provenance?.note == nil { provenance?.note = "recognised in a picture of the page" }
    case .corrected, .uncertain, .blank, .slash, .dash, .text, .missing, .unreadable, .ambiguous: break
    }
  }
}
