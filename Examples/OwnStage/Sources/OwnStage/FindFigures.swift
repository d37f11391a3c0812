import DocumentModel
import PipelineKit

/// Finds the figures of a text and puts them into the record, each with its place.
///
///     granted  68  7     ->  /figures/0 = 68 at line 1, columns 10 to 11
///
/// A stage is a value that is made once for a pipeline and run over many documents, also at the same time.
struct FindFigures: Stage {
  /// What a pipeline file may change: every property has a default, and says what it means.
  struct Options: StageOptions {
    /// Smaller figures are left out.
    var least = 0.0
    /// Figures that are found in lines with these words only; in all lines where there are none.
    var words: [String] = []

    static let meanings = [
      "least": "Smaller figures are left out.", "words": "Only lines with one of these words are looked at.",
    ]
  }

  /// What it needs and gives. A pipeline in which no stage before it writes `lines` is refused before a file is opened.
  static let contract = StageContract(
    "example.figures", version: 1, summary: "Finds the figures of a text", reads: [.lines], writes: [.record])

  let options: Options

  /// Every fault of the options must surface here.
  init(options: Options) throws {
    guard options.least >= 0 else { throw PipelineError("pipeline.invalid", "option 'least': 0 or more is expected") }
    self.options = options
  }

  /// Sees only the layers that it reads, and only those that it writes are kept.
  func run(_ document: inout Document, in context: StageContext) async throws {
    var record = Record(status: .complete)
    for line in document.lines ?? [] {
      guard case .line(let number, let columns) = line.place, isMeant(line.text.shown) else { continue }
      // Places are counted in Unicode scalars, 1-based and inclusive.
      let scalars = Array(line.text.raw.unicodeScalars)
      for range in scalars.indices.split(whereSeparator: { !("0"..."9").contains(scalars[$0]) && scalars[$0] != "." }) {
        let raw = String(String.UnicodeScalarView(scalars[range]))
        guard let figure = Double(raw), figure >= options.least else { continue }
        let first = columns.lowerBound + range.lowerBound
        let place = Place.line(number, columns: first...(first + range.count - 1))
        record.fields.append(
          Field(
            // Counts are integers, amounts are strings that keep their digits.
            "/figures/\(record.fields.count)", Int(raw).map { .integer($0) } ?? .string(raw),
            Provenance(.printed, raw: raw, stage: context.stage, places: [place])))
      }
    }
    if record.fields.isEmpty {
      // What is odd about a document is said, not thrown.
      document.diagnostics.append(Diagnostic("example.no_figures", .warning, "no figure was found"))
    }
    document.record = record
  }

  private func isMeant(_ text: String) -> Bool { options.words.isEmpty || options.words.contains { text.contains($0) } }
}
