import DocumentModel

/// A decimal number without rounding: an integer of units that are so many places behind the point.
struct ExactDecimal: Hashable, Sendable {
  var units: Int
  var places: Int

  /// More places than any figure has; what is written with more is not read.
  private static let mostPlaces = 18

  init(units: Int, places: Int = 0) {
    (self.units, self.places) = (units, places)
  }

  /// A count, or an amount as records write them (`-12.50`); nil for anything else and beyond what 64 bits hold.
  init?(_ value: JSONValue) {
    switch value {
    case .integer(let count): self.init(units: count)
    case .string(let text): self.init(text)
    case .null, .bool, .number, .array, .object: return nil
    }
  }

  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let whole = parts[0].first == "-" ? parts[0].dropFirst() : parts[0]
    let behind = parts.count == 2 ? parts[1] : ""
    guard parts.count <= 2, !whole.isEmpty, parts.count == 1 || !behind.isEmpty, behind.count <= Self.mostPlaces,
      (whole + behind).allSatisfy({ ("0"..."9").contains($0) }), let units = Int(parts[0] + behind)
    else { return nil }
    self.init(units: units, places: behind.count)
  }

  /// The number in units of so many places; nil where it has more or grows too large.
  func units(of places: Int) -> Int128? {
    guard places >= self.places, places - self.places <= Self.mostPlaces else { return nil }
    return (self.places..<places).reduce(Int128(units)) { units, _ in units * 10 }
  }

  /// So many units as records write them: an integer where `isCount` and it fits one, else a decimal string without noughts
  /// at its end.
  static func json(_ units: Int128, places: Int, isCount: Bool) -> JSONValue {
    if places == 0, isCount, let count = Int(exactly: units) { return .integer(count) }
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    var behind = padded.suffix(places)
    while behind.last == "0" { behind.removeLast() }
    return .string((units < 0 ? "-" : "") + padded.dropLast(places) + (behind.isEmpty ? "" : "." + behind))
  }
}
