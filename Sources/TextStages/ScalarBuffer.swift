import DocumentModel

/// Scalars on their way from a printed text to another form of it, each with the scalar it comes from.
struct ScalarBuffer {
  var values: [UInt32] = []
  /// Offsets into the printed text; ascending.
  var origins: [Int32] = []

  var count: Int { values.count }

  @inline(__always)
  mutating func append(_ value: UInt32, from origin: Int32) {
    values.append(value)
    origins.append(origin)
  }

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
  }

  /// Removes the scalars at these ascending indices, in one pass.
  mutating func remove(at indices: [Int]) {
    guard var write = indices.first else { return }
    var next = 0
    for read in write..<values.count {
      if next < indices.count, indices[next] == read {
        next += 1
      } else {
        (values[write], origins[write]) = (values[read], origins[read])
        write += 1
      }
    }
    truncate(to: write)
  }

  mutating func truncate(to count: Int) {
    values.removeSubrange(count...)
    origins.removeSubrange(count...)
  }

  /// The text as a string; nothing but valid scalars may be in the buffer.
  var string: String { values.withUnsafeBufferPointer { String(scalars: $0) } }

  /// The way back to the printed text.
  var map: OffsetMap {
    for index in origins.indices where origins[index] != Int32(index) { return .origins(origins) }
    return .identity
  }
}

extension String {
  /// Encodes scalar values, all of them valid.
  init(scalars: UnsafeBufferPointer<UInt32>) {
    self.init(unsafeUninitializedCapacity: scalars.count * 4) { bytes in
      var at = 0
      for value in scalars {
        switch value {
        case ..<0x80:
          bytes[at] = UInt8(value)
          at += 1
        case ..<0x800:
          bytes[at] = UInt8(0xC0 | value >> 6)
          bytes[at + 1] = UInt8(0x80 | value & 0x3F)
          at += 2
        case ..<0x10000:
          bytes[at] = UInt8(0xE0 | value >> 12)
          bytes[at + 1] = UInt8(0x80 | value >> 6 & 0x3F)
          bytes[at + 2] = UInt8(0x80 | value & 0x3F)
          at += 3
        default:
          bytes[at] = UInt8(0xF0 | value >> 18)
          bytes[at + 1] = UInt8(0x80 | value >> 12 & 0x3F)
          bytes[at + 2] = UInt8(0x80 | value >> 6 & 0x3F)
          bytes[at + 3] = UInt8(0x80 | value & 0x3F)
          at += 4
        }
      }
      return at
    }
  }

  /// Calls `body` with the value of each scalar.
  @inline(__always)
  func forEachScalar(_ body: (UInt32) -> Void) {
    let done: Void? = utf8.withContiguousStorageIfAvailable { bytes in
      var at = 0
      while at < bytes.count {
        let lead = UInt32(bytes[at])
        if lead < 0x80 {
          body(lead)
          at += 1
        } else if lead < 0xE0 {
          body((lead & 0x1F) << 6 | UInt32(bytes[at + 1]) & 0x3F)
          at += 2
        } else if lead < 0xF0 {
          body((lead & 0xF) << 12 | (UInt32(bytes[at + 1]) & 0x3F) << 6 | UInt32(bytes[at + 2]) & 0x3F)
          at += 3
        } else {
          let upper = (lead & 0x7) << 18 | (UInt32(bytes[at + 1]) & 0x3F) << 12
          body(upper | (UInt32(bytes[at + 2]) & 0x3F) << 6 | UInt32(bytes[at + 3]) & 0x3F)
          at += 4
        }
      }
    }
    if done == nil { for scalar in unicodeScalars { body(scalar.value) } }
  }
}
