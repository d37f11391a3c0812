/// What is wrong with JSON, and where, in words for a person.
func plainFault(_ error: any Error) -> String {
  guard let error = error as? DecodingError else { return "\(error)" }
  switch error {
  case .keyNotFound(let key, let context): return "'\(key.stringValue)' is missing" + place(context)
  case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
    return context.debugDescription + place(context)
  @unknown default: return "\(error)"
  }
}

/// ` at layers.tables[0].cells[3].row`.
private func place(_ context: DecodingError.Context) -> String {
  let path = context.codingPath.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
  return path.isEmpty ? "" : " at " + path.drop { $0 == "." }
}
