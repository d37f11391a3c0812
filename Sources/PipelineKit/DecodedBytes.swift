public import FoundationEssentials
import Glibc

/// Decodes text by the system's iconv; bytes that are no character become U+FFFD and are counted.
///
/// - Parameter charset: as iconv calls it, such as `GB18030`.
/// - Returns: nil where the system has no such conversion.
public func decoded(_ bytes: Data, from charset: String) -> (text: String, faults: Int)? {
  guard let converter = iconv_open("UTF-8", charset), Int(bitPattern: converter) != -1 else { return nil }
  defer { iconv_close(converter) }
  var faults = 0
  // A byte becomes at most three; room that is not used is not touched.
  let text = bytes.withUnsafeBytes { source in
    String(unsafeUninitializedCapacity: source.count * 3 + 8) { target in
      // It is read from only, whatever the declaration says.
      var from = source.baseAddress.map { UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: CChar.self)) }
      var to = UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: CChar.self)
      var (left, room) = (source.count, target.count)
      while left > 0, iconv(converter, &from, &left, &to, &room) == -1, room >= 4 {
        faults += 1
        for byte in "\u{FFFD}".utf8 {
          to?.pointee = CChar(bitPattern: byte)
          to = to?.advanced(by: 1)
        }
        room -= 3
        from = from?.advanced(by: 1)
        left -= 1
      }
      return target.count - room
    }
  }
  return (text, faults)
}
