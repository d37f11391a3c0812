import DocumentModel

extension Diagnostic {
  /// As records and tables carry it.
  var json: JSONValue {
    [
      "code": .string(code), "severity": .string(severity.rawValue), "message": .string(message),
      "places": places.json,
    ]
  }
}
