import FoundationEssentials

/// A PDF whose end is lost, with a new trailer that names the catalog it still holds; `nil` where it holds none.
///
/// Poppler rebuilds a lost cross-reference table from the objects themselves, but finds the catalog only by a trailer
/// (ISO 32000-1, 7.5.5), which is the last thing in most files and so the first that a broken download lacks. A catalog
/// inside a compressed object stream is not found.
///
/// ```
/// 1 0 obj << /Type /Catalog … >> … 7 0 obj << … (cut)   +   trailer << /Root 1 0 R >>
/// ```
func restoringTrailer(of bytes: Data) -> Data? {
  var end = bytes.endIndex
  // A file that names more catalogs than this holds none that counts.
  for _ in 0..<16 {
    guard let name = lastPlace(of: "/Catalog", in: bytes[..<end]) else { return nil }
    if let object = catalogNumber(in: bytes[..<name].suffix(4096)) {
      return bytes
        + Data("\nendstream\nendobj\ntrailer\n<< /Root \(object.number) \(object.generation) R >>\n%%EOF\n".utf8)
    }
    end = name
  }
  return nil
}

/// The object whose dictionary is open at the end of `bytes` with the key `/Type`.
private func catalogNumber(in bytes: Data) -> (number: Int, generation: Int)? {
  let isSpace: (UInt8) -> Bool = { $0 <= 0x20 }
  let key = bytes.reversed().drop(while: isSpace).prefix(5).reversed()
  guard key.elementsEqual("/Type".utf8),
    let object = lastPlace(of: "obj", in: bytes)
  else { return nil }
  let words = bytes[..<object].suffix(32).split(whereSeparator: isSpace).suffix(2).map {
    Int(String(decoding: $0, as: UTF8.self))
  }
  guard words.count == 2, let number = words[0], let generation = words[1] else { return nil }
  return (number, generation)
}

/// Where `word` begins for the last time.
private func lastPlace(of word: String, in bytes: Data) -> Data.Index? {
  let word = Array(word.utf8)
  return bytes.withUnsafeBytes { buffer in
    stride(from: buffer.count - word.count, through: 0, by: -1).first { place in
      buffer[place] == word[0] && buffer[place..<place + word.count].elementsEqual(word)
    }
  }.map { bytes.startIndex + $0 }
}
