public import Foundation

/// A ZIP archive of a few entries that are not compressed.
public struct SmallZIP {
  private var entries: [(name: String, bytes: Data)] = []

  /// Holds `entries`, in their order.
  public init(_ entries: KeyValuePairs<String, String>) {
    self.entries = entries.map { ($0.key, Data($0.value.utf8)) }
  }

  /// Holds entries of any bytes.
  public init(entries: [(name: String, bytes: Data)]) { self.entries = entries }

  /// The archive.
  public var data: Data {
    var (archive, directory) = (Data(), Data())
    for (name, bytes) in entries {
      let offset = archive.count
      var common = Data([20, 0, 0, 0x08, 0, 0, 0, 0, 0x21, 0])
      common += Self.bytes(Self.checksum(bytes), 4) + Self.bytes(bytes.count, 4) + Self.bytes(bytes.count, 4)
      common += Self.bytes(name.utf8.count, 2) + Self.bytes(0, 2)
      archive += Data([0x50, 0x4B, 3, 4]) + common + Data(name.utf8) + bytes
      directory += Data([0x50, 0x4B, 1, 2, 20, 0]) + common + Self.bytes(0, 10) + Self.bytes(offset, 4)
      directory += Data(name.utf8)
    }
    let counts = Self.bytes(entries.count, 2) + Self.bytes(entries.count, 2)
    let end = Self.bytes(directory.count, 4) + Self.bytes(archive.count, 4) + Self.bytes(0, 2)
    return archive + directory + Data([0x50, 0x4B, 5, 6]) + Self.bytes(0, 4) + counts + end
  }

  private static func bytes(_ value: Int, _ count: Int) -> Data {
    Data((0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 })
  }

  /// The CRC-32 of ISO 3309.
  private static func checksum(_ bytes: Data) -> Int {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Int(~value)
  }
}
