import DocumentModel

/// What is odd about the texts of a page or of a Word file, with where it stands.
struct MarkupRemarks {
  /// Something odd.
  enum Remark: String, CaseIterable {
    /// A line goes through a text, which is not read.
    case struck
    /// A text with digits in a table is not shown, and not read.
    case hidden
    /// A picture, a table of figures, or a text that may be hidden stands in a cell of figures.
    case unclear
    /// A figure stands in a field of a form.
    case field
  }

  private var places: [Remark: (count: Int, first: [Place])] = [:]

  /// Notes one.
  mutating func note(_ remark: Remark, at place: Place) {
    var known = places[remark] ?? (0, [])
    known.count += 1
    if known.first.count < Self.mostPlaces { known.first.append(place) }
    places[remark] = known
  }

  private static let mostPlaces = 20

  /// What is said of them.
  var diagnostics: [Diagnostic] {
    Remark.allCases.compactMap { remark in
      places[remark].map { known in
        let (code, severity, words) = Self.words(remark, known.count)
        return Diagnostic(code, severity, words, places: known.first)
      }
    }
  }

  private static func words(_ remark: Remark, _ count: Int) -> (String, Severity, String) {
    switch remark {
    case .struck: ("text.struck", .warning, "\(count) texts are struck through, and are not read")
    case .hidden: ("text.hidden", .warning, "\(count) texts with figures in tables are not shown, and are not read")
    case .unclear:
      (
        "table.figure_unclear", .warning,
        "\(count) cells of figures hold a picture, a table, or a text that may be hidden; their figures are withheld"
      )
    case .field: ("table.form_fields", .info, "\(count) cells hold fields of a form; what was filled in is read")
    }
  }
}
