/// A dictionary in parts that grow one at a time: a whole one of a million entries holds the old table and one of twice
/// the size while it grows.
struct PartedDictionary<Key: Hashable, Value> {
  private var parts = [[Key: Value]](repeating: [:], count: 64)

  /// The value for the key, as in any dictionary.
  subscript(key: Key) -> Value? {
    get { parts[part(of: key)][key] }
    set { parts[part(of: key)][key] = newValue }
  }

  // The tables themselves use the other bits.
  private func part(of key: Key) -> Int { Int(UInt(bitPattern: key.hashValue) >> (UInt.bitWidth - 6)) }
}
