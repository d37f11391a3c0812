import Glibc
import PipelineKit

/// A file of lines `{"id":…}` that grows, and is its own ledger: what stands in it is done.
///
/// While it grows it is called `NAME.open`. A line is written at once; after a death in the middle of one, the torn tail
/// is cut off when the file is opened again.
final class PartFile {
  /// Its name when it is whole.
  let name: String
  private let folder: OutputFolder
  private let file: Int32
  /// Bytes of whole lines.
  private(set) var size = 0
  private var unsynced = 0
  private var firstUnsynced = 0.0

  /// Opens what is there, whole or growing, or begins it.
  ///
  /// - Parameter each: is given every line with the place where it starts.
  /// - Throws: ``BulkError`` with code `output.not_writable`.
  init(_ name: String, in folder: OutputFolder, each: (ArraySlice<UInt8>, Int) -> Void) throws {
    self.name = name
    self.folder = folder
    let open = name + ".open"
    // It was whole, and goes on.
    if !folder.has(open), folder.has(name) { try folder.rename(name, to: open) }
    file = try folder.open(open, O_RDWR | O_CREAT)
    size = try Self.scan(file, each: each) { folder.error(open) }
    guard ftruncate(file, off_t(size)) == 0, lseek(file, off_t(size), SEEK_SET) == size else {
      throw folder.error(open)
    }
  }

  deinit { close(file) }

  /// Where the whole lines end. What follows a line that is none, as after a loss of power, is not looked at.
  static func scan(
    _ file: Int32, each: (ArraySlice<UInt8>, Int) -> Void, error: () -> BulkError
  ) throws -> Int {
    var whole = 0
    var buffer: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 20)
    lseek(file, 0, SEEK_SET)
    while true {
      let count = read(file, &part, part.count)
      guard count >= 0 || errno == EINTR else { throw error() }
      if count == 0 { return whole }
      var rest = part[..<max(0, count)]
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = buffer.isEmpty ? rest[..<end] : (buffer + rest[..<end])[...]
        guard line.starts(with: LedgerLine.opening), line.last == UInt8(ascii: "}") else { return whole }
        each(line, whole)
        whole += line.count + 1
        buffer = []
        rest = rest[(end + 1)...]
      }
      buffer += rest
    }
  }

  /// Gives every line that is there.
  ///
  /// - Throws: ``BulkError``.
  func forEach(_ each: (ArraySlice<UInt8>) -> Void) throws {
    let copy = try folder.open(name + ".open", O_RDONLY)
    defer { close(copy) }
    _ = try Self.scan(copy) { line, _ in
      each(line)
    } error: {
      folder.error(name)
    }
  }

  /// Writes a line in one go.
  ///
  /// - Returns: where it starts.
  /// - Throws: ``BulkError``; the file ends as it did before.
  @discardableResult
  func append(_ line: [UInt8]) throws -> Int {
    let start = size
    do { try writeAll(line + [UInt8(ascii: "\n")], to: file) } catch {
      ftruncate(file, off_t(size))
      lseek(file, off_t(size), SEEK_SET)
      throw folder.error(name, error)
    }
    size += line.count + 1
    if unsynced == 0 { firstUnsynced = monotonicSeconds() }
    unsynced += 1
    return start
  }

  /// The line that starts at this place.
  func line(at start: Int) throws -> [UInt8] {
    var line: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(file, &part, part.count, off_t(start + line.count))
      guard count > 0 || errno == EINTR else { throw folder.error(name) }
      let read = part[..<max(0, count)]
      if let end = read.firstIndex(of: UInt8(ascii: "\n")) { return line + read[..<end] }
      line += read
    }
  }

  /// Makes sure, every 256 lines or every second, that what is written outlives a loss of power.
  ///
  /// - Throws: ``BulkError``, also where the file is there no more.
  func syncIfDue(_ now: Double) throws {
    guard unsynced >= 256 || unsynced > 0 && now - firstUnsynced >= 1 else { return }
    try sync()
  }

  private func sync() throws {
    var status = stat()
    guard fdatasync(file) == 0, fstat(file, &status) == 0 else { throw folder.error(name) }
    guard status.st_nlink > 0 else { throw folder.error(name, SystemError(number: ENOENT)) }
    unsynced = 0
  }

  /// Leaves it as it is, to go on later.
  ///
  /// - Throws: ``BulkError``.
  func pause() throws { try sync() }

  /// Gives it its name.
  ///
  /// - Throws: ``BulkError``.
  func finish() throws {
    try sync()
    try folder.rename(name + ".open", to: name)
  }
}

/// What can be told of a line of ours without reading it as a whole: our lines have their members in a fixed order.
enum LedgerLine {
  static let opening = Array(#"{"id":""#.utf8)

  /// The id as it stands in JSON.
  static func id(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = line.startIndex + opening.count - 1
    return line[start..<endOfString(line, start)]
  }

  /// The text behind the first `"key":"`. Quotes within texts are escaped, so that no text can be taken for a key.
  static func text(_ key: String, in line: ArraySlice<UInt8>) -> String? {
    let mark = Array("\"\(key)\":\"".utf8)
    guard let at = position(of: mark, in: line) else { return nil }
    let start = at + mark.count
    return String(decoding: line[start..<endOfString(line, start - 1) - 1], as: UTF8.self)
  }

  /// Where the bytes stand first.
  static func position(of mark: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    line.withUnsafeBytes { bytes in
      mark.withUnsafeBytes { mark in
        guard bytes.count >= mark.count else { return nil }
        for at in 0...(bytes.count - mark.count)
        where bytes[at] == mark[0] && bytes[at + 1] == mark[1] && bytes[at..<at + mark.count].elementsEqual(mark) {
          return line.startIndex + at
        }
        return nil
      }
    }
  }

  /// Behind the string that starts with the quote at `start`.
  static func endOfString(_ line: ArraySlice<UInt8>, _ start: Int) -> Int {
    var at = start + 1
    while at < line.endIndex, line[at] != UInt8(ascii: "\"") { at += line[at] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(at + 1, line.endIndex)
  }
}
