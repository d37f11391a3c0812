import PipelineKit

extension [Pattern] {
  /// Whether the text, without its spaces, begins with a match of one of them.
  func anyBegins(_ text: String) -> Bool {
    guard !isEmpty else { return false }
    let squeezed = text.squeezed
    return contains { $0.prefixMatch(of: squeezed) != nil }
  }
}

extension String {
  /// Without white space.
  var squeezed: String { String(String.UnicodeScalarView(unicodeScalars.filter { !$0.isBlank })) }
}
