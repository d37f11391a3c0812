import FoundationEssentials

/// The names of the entries of a ZIP archive, without those of archives within it.
struct ArchiveNames {
  /// As they are written; of an archive with more than 10,000 entries the first.
  private(set) var names: [String] = []
  /// Whether the directory stands at the end, as it does unless the archive was cut off.
  private(set) var isWhole = false

  /// Reads the directory at the end of an archive; of one that was cut off, what stands before its first parts.
  init(of file: Data) {
    let file = file[...]
    if let directory = Self.directory(of: file), readDirectory(directory) {
      isWhole = true
      return
    }
    names = []
    readParts(file.prefix(1 << 14))
  }

  private static let mostNames = 10_000

  /// The directory, by the record that says at the end where it is (PKWARE, APPNOTE.TXT, 4.3.16).
  private static func directory(of file: Data) -> Data? {
    let tail = Array(file.suffix(22 + 0xFFFF))
    guard tail.count >= 22 else { return nil }
    for start in (0...(tail.count - 22)).reversed() where tail[start...].starts(with: [0x50, 0x4B, 5, 6]) {
      // It stands right before its record, also where something was put before the archive.
      let (size, end) = (number(tail, start + 12, 4), file.endIndex - (tail.count - start))
      guard size > 0, size <= end - file.startIndex else { return nil }
      return file[(end - size)..<end]
    }
    return nil
  }

  private mutating func readDirectory(_ directory: Data) -> Bool {
    let bytes = Array(directory)
    var index = 0
    while index + 46 <= bytes.count, names.count < Self.mostNames {
      guard bytes[index...].starts(with: [0x50, 0x4B, 1, 2]) else { return false }
      let lengths = [28, 30, 32].map { Self.number(bytes, index + $0, 2) }
      guard index + 46 + lengths[0] <= bytes.count else { return false }
      names.append(String(decoding: bytes[(index + 46)..<(index + 46 + lengths[0])], as: UTF8.self))
      index += 46 + lengths.reduce(0, +)
    }
    return !names.isEmpty
  }

  private mutating func readParts(_ head: Data) {
    let bytes = Array(head)
    var index = 0
    while index + 30 <= bytes.count {
      guard bytes[index...].starts(with: [0x50, 0x4B, 3, 4]) else {
        index += 1
        continue
      }
      let name = bytes[(index + 30)...].prefix(Self.number(bytes, index + 26, 2))
      names.append(String(decoding: name, as: UTF8.self))
      index += 30 + name.count
    }
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
  }
}
