import CCharset
import FoundationEssentials
import PipelineKit

/// An encoding in which a text may be, as the system's iconv calls it, and as a person does.
struct Charset: Hashable {
  var name: String
  var shown: String

  static let gb18030 = Charset(name: "GB18030", shown: "GB 18030")
  static let big5 = Charset(name: "BIG5-HKSCS", shown: "Big5")

  /// The encoding that a name means; nil for UTF-8, which is tried anyway, and where the system has no such conversion.
  ///
  /// Whatever is called GBK or GB 2312 is GB 18030, which has all of their characters.
  init?(named name: String) {
    let plain = name.lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "utf8", "utf16", "unicode", "ascii", "usascii", "": return nil
    case "gbk", "gb2312", "gb18030", "gb", "cp936", "windows936", "xgbk", "euccn", "csgb2312", "gb231280", "ms936",
      "chinese", "hzgb2312":
      self = .gb18030
    case "big5", "big5hkscs", "cp950", "xbig5", "big5tw", "cnbig5", "csbig5", "windows950", "ms950": self = .big5
    case "iso88591", "latin1": self.init(name: "WINDOWS-1252", shown: "Windows-1252")
    default: self.init(name: name.uppercased(), shown: name)
    }
    guard decoded(Data()) != nil else { return nil }
  }

  private init(name: String, shown: String) {
    self.name = name
    self.shown = shown
  }

  /// What a detector of encodings takes the bytes for.
  init?(detectedIn bytes: Data) {
    guard let detector = uchardet_new() else { return nil }
    defer { uchardet_delete(detector) }
    let part = bytes.prefix(1 << 18)
    let isRead = part.withUnsafeBytes { buffer in
      uchardet_handle_data(detector, buffer.assumingMemoryBound(to: CChar.self).baseAddress, buffer.count) == 0
    }
    guard isRead else { return nil }
    uchardet_data_end(detector)
    guard let name = uchardet_get_charset(detector) else { return nil }
    self.init(named: String(cString: name))
  }

  /// Decodes bytes; those that are no character become U+FFFD and are counted.
  func decoded(_ bytes: Data) -> (text: String, faults: Int)? { PipelineKit.decoded(bytes, from: name) }
}
