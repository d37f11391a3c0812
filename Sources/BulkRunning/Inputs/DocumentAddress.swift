public import DocumentModel

/// Where a document is: a file, or a way through the archives in it.
///
/// ```
/// reports/a.pdf               a file
/// a.zip#3                     the fourth entry of an archive, folders and links counted
/// crawl.warc.gz#5020+1871     the record of a web archive at this offset, so many bytes long as it is stored
/// a.zip#3#7                   the eighth entry of the archive that is the fourth entry of a.zip
/// ```
///
/// Names are no part of it: an archive may have a name twice, and no name twice in the same encoding.
public struct DocumentAddress: Hashable, Sendable {
  /// One turn of the way.
  public enum Step: Hashable, Sendable {
    /// By number, from 0, in the order in which the archive is read.
    case entry(Int)
    /// By place in the web archive.
    case range(offset: Int, length: Int)
  }

  /// The file.
  public var path: RawName
  /// From the outermost archive inwards; empty for the file itself.
  public var steps: [Step]

  /// Names a file and a way.
  public init(path: RawName, steps: [Step] = []) { (self.path, self.steps) = (path, steps) }

  /// Names a file by its path.
  public init(path: String) { self.init(path: RawName(path)) }

  /// The address one step further in.
  public func appending(_ step: Step) -> DocumentAddress { DocumentAddress(path: path, steps: steps + [step]) }

  /// Reads what ``id`` writes, of paths in UTF-8; a text that does not end with a step is a path.
  public init(id: String) {
    var (rest, steps) = (id[...], [Step]())
    while let mark = rest.lastIndex(of: "#"), let step = Step(rest[rest.index(after: mark)...]) {
      steps.append(step)
      rest = rest[..<mark]
    }
    self.init(path: RawName(String(rest)), steps: steps.reversed())
  }

  /// One text for each address, as in the drawing.
  public var id: String { path.escaped + steps.map(\.text).joined() }

  /// What it is in; nil for a file.
  public var container: DocumentAddress? {
    steps.isEmpty ? nil : DocumentAddress(path: path, steps: steps.dropLast())
  }
}

extension DocumentAddress.Step {
  fileprivate init?(_ text: Substring) {
    let numbers = text.split(separator: "+", omittingEmptySubsequences: false)
    let values = numbers.compactMap { $0.allSatisfy { ("0"..."9").contains($0) } ? Int($0) : nil }
    switch (numbers.count, values.count) {
    case (1, 1): self = .entry(values[0])
    case (2, 2): self = .range(offset: values[0], length: values[1])
    default: return nil
    }
  }

  fileprivate var text: String {
    switch self {
    case .entry(let index): "#\(index)"
    case .range(let offset, let length): "#\(offset)+\(length)"
    }
  }
}

extension DocumentAddress {
  /// `{"path"}`, `{"container", "entry"}` or `{"container", "offset", "length"}`. A container is a path, or again such an
  /// object; a path that is not UTF-8 has its bytes in hexadecimal beside it, as `path_bytes`.
  public var json: JSONValue {
    guard let step = steps.last, let container else { return .object(pathMembers) }
    let holder: JSONValue =
      container.steps.isEmpty && path.text != nil ? .string(path.escaped) : container.json
    switch step {
    case .entry(let index): return ["container": holder, "entry": .integer(index)]
    case .range(let offset, let length):
      return ["container": holder, "offset": .integer(offset), "length": .integer(length)]
    }
  }

  private var pathMembers: [JSONValue.Member] {
    guard path.text == nil else { return [.init("path", .string(path.escaped))] }
    return [
      .init("path", .string(path.escaped)), .init("path_bytes", .string(RawName.hexadecimal(path.bytes))),
    ]
  }

  /// Reads what ``json`` writes.
  ///
  /// - Throws: ``BulkError`` with the code `manifest.invalid`.
  public init(json: JSONValue) throws(BulkError) {
    if case .string(let path) = json {
      self.init(path: path)
      return
    }
    var steps: [Step] = []
    var place = json
    while let holder = place["container"] {
      guard place["path"] == nil, place["path_bytes"] == nil else {
        throw BulkError("manifest.invalid", "a source has a 'path' or a 'container', not both")
      }
      guard steps.count < 64 else { throw BulkError("manifest.invalid", "containers are nested too deep") }
      switch (place["entry"], place["offset"], place["length"]) {
      case (.integer(let index)?, nil, nil) where index >= 0: steps.append(.entry(index))
      case (nil, .integer(let offset)?, .integer(let length)?) where offset >= 0 && length >= 0:
        steps.append(.range(offset: offset, length: length))
      default:
        throw BulkError(
          "manifest.invalid", "a 'container' has either an 'entry' or an 'offset' and a 'length' beside it")
      }
      place = holder
    }
    if ["entry", "offset", "length"].contains(where: { place[$0] != nil }) {
      throw BulkError("manifest.invalid", "an 'entry', or an 'offset' and a 'length', are those of a 'container'")
    }
    if case .string(let path) = place {
      self.init(path: RawName(path), steps: steps.reversed())
    } else if case .string(let digits)? = place["path_bytes"], let bytes = RawName.bytes(hexadecimal: digits) {
      self.init(path: RawName(bytes: bytes), steps: steps.reversed())
    } else if case .string(let path)? = place["path"] {
      self.init(path: RawName(path), steps: steps.reversed())
    } else {
      throw BulkError("manifest.invalid", "a source has a 'path' or a 'container'")
    }
  }
}
