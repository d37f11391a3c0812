extension SingleValueDecodingContainer {
  /// The value where it is of this type, for values that may be of several; decoders have errors of their own for
  /// numbers that do not fit.
  func decodeIfFits<Value: Decodable>(_ type: Value.Type) -> Value? {
    do { return try decode(type) } catch { return nil }
  }
}
