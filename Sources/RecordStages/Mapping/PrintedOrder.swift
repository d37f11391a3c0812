import DocumentModel

/// The order in which a header names the columns of a block, or its rows.
enum PrintedOrder: Hashable {
  /// That of the form, as far as anything is said of it.
  case form
  /// Another: for each printed place, what of the form stands there.
  case other([Int])
  /// Another, of which not all is said.
  case unknown

  /// The order that these places of the form are.
  init(_ places: [Int]) { self = places == places.sorted() ? .form : .other(places) }

  /// Puts one value for each printed place into the order of the form; nil where it is not known.
  func inOrderOfForm<Value>(_ values: [Value]) -> [Value]? {
    switch self {
    case .form: return values
    case .unknown: return nil
    case .other(let places):
      guard places.count == values.count else { return nil }
      var result = values
      for (printed, place) in places.enumerated() { result[place] = values[printed] }
      return result
    }
  }
}
