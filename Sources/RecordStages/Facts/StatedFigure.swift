import DocumentModel
import PipelineKit

/// A figure of the running text with its unit.
struct StatedFigure {
  var value: Int
  var unit: String
  var bound: Comparison.Bound
  /// Whether it is written with digits alone.
  var isPlain: Bool
  /// Where it begins and ends, its unit included.
  var range: Range<String.Index>
}

extension FactFile {
  /// The figures of a part of a text, with the words of `lead` before each.
  ///
  /// `7.09万条` is 70900, `三件` is 3; what is no whole number is none of these.
  func figures(in text: String, _ range: Range<String.Index>, _ numerals: Numerals) -> [StatedFigure] {
    var figures: [StatedFigure] = []
    var start = range.lowerBound
    while start < range.upperBound, let match = figure.firstMatch(in: String(text[start..<range.upperBound])) {
      let rest = String(text[start..<range.upperBound])
      func place(_ index: String.Index) -> String.Index {
        text.utf8.index(start, offsetBy: rest.utf8.distance(from: rest.startIndex, to: index))
      }
      let end = place(match.range.upperBound)
      let part = { (name: String) in match[name].map { String(rest[$0]) } ?? "" }
      let (digits, scale) = (part("value"), part("scale"))
      if let value = Self.integer(digits, scale: scale, numerals) {
        let after = String(text[end..<range.upperBound])
        let isMore = !part("more").isEmpty || bounds.behindAtLeast.matches(after)
        figures.append(
          StatedFigure(
            value: value, unit: part("unit"),
            bound: isMore ? .atLeast : bounds.behindNear.matches(after) ? .open : .exact,
            isPlain: scale.isEmpty && digits.allSatisfy { $0.isDigit || $0 == "," },
            range: place(match.range.lowerBound)..<end))
      }
      start = max(end, text.index(after: start))
    }
    return figures
  }

  /// What the words before a figure say of it.
  func bound(_ lead: String) -> Comparison.Bound {
    bounds.near.matches(lead)
      ? .open : bounds.atLeast.matches(lead) ? .atLeast : bounds.atMost.matches(lead) ? .atMost : .exact
  }

  private static func integer(_ text: String, scale: String, _ numerals: Numerals) -> Int? {
    let digits = text.filter { $0 != "," }
    guard scale.isEmpty || digits.first?.isDigit == true else { return numerals.integer(digits + scale) }
    guard digits.first?.isDigit == true else { return numerals.integer(digits) }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, digits.count < 16 else { return nil }
    var power = 0
    for character in scale {
      guard let unit = numerals.units[String(character)] else { return nil }
      power += String(unit).count - 1
    }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard power < 13, fraction.dropFirst(power).allSatisfy({ $0 == "0" }) else { return nil }
    let kept = fraction.prefix(power)
    return Int(whole + kept + String(repeating: "0", count: power - kept.count))
  }
}
