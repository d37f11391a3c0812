/// A figure that is not below zero as its digits are written: all of them, and how many stand behind the point.
///
/// Figures are integers of the unit that `decimals` make. How many noughts are printed at the end of the decimals is not
/// known, so that 1250 with two decimals may be written `12.5` or `12.50`.
struct WrittenFigure {
  private var digits: Int
  private var behindPoint: Int

  private init(_ digits: Int, _ behindPoint: Int) {
    (self.digits, self.behindPoint) = (digits, behindPoint)
  }

  /// The ways to cut the digits of a figure into so many numbers, none with a leading zero: `3960704` into 3960 and 704,
  /// `123.4` into 12 and 3.4, `12.50` into 12.5 and 0.
  static func partitions(of figure: Int, decimals: Int, into parts: Int) -> [[Int]] {
    guard figure >= 0 else { return [] }
    let all = forms(of: figure, decimals).flatMap { $0.partitions(into: parts, decimals) }
    return decimals == 0 ? all : all.distinct
  }

  /// What two figures make when they are one figure printed as two.
  static func joined(_ front: Int, _ back: Int, decimals: Int) -> [Int] {
    guard front > 0, back >= 0 else { return [] }
    let all = forms(of: front, decimals).flatMap { front in
      forms(of: back, decimals).compactMap { front.joined(to: $0, decimals)?.figure(decimals) }
    }
    return decimals == 0 ? all : all.distinct
  }

  /// The ways to write a figure.
  private static func forms(of figure: Int, _ decimals: Int) -> [WrittenFigure] {
    var forms = [WrittenFigure(figure, decimals)]
    while let last = forms.last, last.behindPoint > 0, last.digits % 10 == 0 {
      forms.append(WrittenFigure(last.digits / 10, last.behindPoint - 1))
    }
    return forms
  }

  private func figure(_ decimals: Int) -> Int? {
    var figure = digits
    for _ in behindPoint..<max(behindPoint, decimals) {
      let (next, overflow) = figure.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      figure = next
    }
    return figure > LinearSystem.largestFigure ? nil : figure
  }

  private func partitions(into parts: Int, _ decimals: Int) -> [[Int]] {
    if parts == 1 { return figure(decimals).map { [[$0]] } ?? [] }
    var found: [[Int]] = []
    var (scale, length) = (10, 1)
    while digits / scale > 0 || length <= behindPoint {
      // A cut inside the decimals leaves a whole number behind, one before them takes them along; none is at the point.
      let whole = length < behindPoint ? length : length - behindPoint
      if length != behindPoint, whole == 1 || digits % scale >= scale / 10 {
        let (front, back) =
          length < behindPoint
          ? (WrittenFigure(digits / scale, behindPoint - length), WrittenFigure(digits % scale, 0))
          : (WrittenFigure(digits / scale, 0), WrittenFigure(digits % scale, behindPoint))
        if let last = back.figure(decimals) {
          found += front.partitions(into: parts - 1, decimals).map { $0 + [last] }
        }
      }
      let (next, overflow) = scale.multipliedReportingOverflow(by: 10)
      if overflow { break }
      (scale, length) = (next, length + 1)
    }
    return found
  }

  private func joined(to back: WrittenFigure, _ decimals: Int) -> WrittenFigure? {
    guard behindPoint == 0 || back.behindPoint == 0 else { return nil }
    // `0.5` has a digit before its point.
    var (length, scale) = (1, 10)
    while back.digits / scale > 0 || length <= back.behindPoint {
      let (next, overflow) = scale.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      (length, scale) = (length + 1, next)
    }
    let places = behindPoint == 0 ? back.behindPoint : behindPoint + length
    let (shifted, overflow) = digits.multipliedReportingOverflow(by: scale)
    let (joined, carry) = shifted.addingReportingOverflow(back.digits)
    return overflow || carry || places > decimals ? nil : WrittenFigure(joined, places)
  }
}

extension [[Int]] {
  fileprivate var distinct: [[Int]] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

extension [Int] {
  fileprivate var distinct: [Int] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
