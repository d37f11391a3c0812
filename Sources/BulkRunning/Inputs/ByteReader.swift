import Glibc
import PipelineKit

/// Where bytes come from, one after the other.
protocol ByteOrigin: AnyObject {
  /// How many there are; nil where that is not known, and then there is no going back.
  var size: Int? { get }
  /// Puts some of them into the buffer and says how many; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int
  /// Goes on at this offset; only where the size is known.
  func seek(to offset: Int) throws(BulkError)
}

/// Bytes that can be looked at before they are taken.
final class ByteReader {
  /// The offset of the next byte.
  private(set) var position = 0

  private let origin: any ByteOrigin
  private var buffer: UnsafeMutableRawBufferPointer
  /// The bytes of the buffer that are not taken yet.
  private var waiting = 0..<0
  private var hasEnded = false

  init(_ origin: any ByteOrigin) {
    self.origin = origin
    buffer = .allocate(byteCount: 1 << 12, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// How many there are; nil where that is not known, and then there is no going back.
  var size: Int? { origin.size }

  /// At most `count` of the next bytes, fewer only at the end. They are good until the next call.
  func peek(_ count: Int) throws(BulkError) -> UnsafeRawBufferPointer {
    if waiting.count < count { try fill(count) }
    return UnsafeRawBufferPointer(rebasing: buffer[waiting.prefix(count)])
  }

  private func fill(_ count: Int) throws(BulkError) {
    if buffer.count < count {
      let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[waiting]))
      buffer.deallocate()
      buffer = larger
    } else if waiting.lowerBound > 0 {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[waiting]))
    }
    waiting = 0..<waiting.count
    while waiting.count < count, !hasEnded {
      let got = try origin.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[waiting.upperBound...]))
      hasEnded = got == 0
      waiting = 0..<(waiting.upperBound + got)
    }
  }

  /// Some of the next bytes, at least one unless this is the end. They are good until the next call.
  func peekSome() throws(BulkError) -> UnsafeRawBufferPointer {
    if waiting.isEmpty, !hasEnded {
      if buffer.count < 1 << 16 { _ = try peek(1 << 16) } else { try fill(1) }
    }
    return UnsafeRawBufferPointer(rebasing: buffer[waiting])
  }

  /// Takes some of the next bytes and says how many; 0 at the end.
  func read(into target: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    guard target.count > 0 else { return 0 }
    var count = min(waiting.count, target.count)
    if count > 0 {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[waiting.prefix(count)]))
      waiting = (waiting.lowerBound + count)..<waiting.upperBound
    } else if !hasEnded {
      count = try origin.read(into: target)
      hasEnded = count == 0
    }
    position += count
    return count
  }

  /// Passes over bytes and says over how many; fewer only at the end.
  func skip(_ count: Int) throws(BulkError) -> Int {
    if let size, count > waiting.count {
      let end = min(size, count > size - position ? size : position + count)
      let passed = max(0, end - position)
      try seek(to: position + passed)
      return passed
    }
    var left = count
    while left > 0 {
      if waiting.isEmpty {
        _ = try peek(min(left, 1 << 16))
        if waiting.isEmpty { break }
      }
      let step = min(left, waiting.count)
      waiting = (waiting.lowerBound + step)..<waiting.upperBound
      position += step
      left -= step
    }
    return count - left
  }

  /// Goes on at this offset; only where the size is known.
  func seek(to offset: Int) throws(BulkError) {
    if offset >= position, offset - position <= waiting.count {
      waiting = (waiting.lowerBound + offset - position)..<waiting.upperBound
    } else {
      try origin.seek(to: offset)
      (waiting, hasEnded) = (0..<0, false)
    }
    position = offset
  }

  /// All that is left.
  ///
  /// - Throws: what the origin throws, or `limit.entry_bytes` for more than `limit` bytes.
  func all(limit: Int, expected: Int?) throws(BulkError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(expected ?? 0, limit, 1 << 20) + 1)
    var part = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { part.deallocate() }
    while true {
      let count = try read(into: part)
      if count == 0 { return bytes }
      guard bytes.count + count <= limit else {
        throw BulkError("limit.entry_bytes", "a document or an inner archive has more than \(limit) bytes")
      }
      bytes += part[..<count]
      if count == part.count, part.count < 1 << 20 {
        part.deallocate()
        part = .allocate(byteCount: 1 << 20, alignment: 16)
      }
    }
  }
}

/// A file.
final class FileOrigin: ByteOrigin {
  let size: Int?
  private let descriptor: Int32

  /// Opens the file, also where it is reached by a link.
  ///
  /// - Throws: `input.unreadable`, also for what is no regular file.
  init(_ path: RawName) throws(BulkError) {
    descriptor =
      path.bytes.contains(0)
      ? -1 : open(path.bytes.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    guard descriptor >= 0, fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw BulkError("input.unreadable", "\(path.shown) is no file")
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw BulkError("input.unreadable", "\(SystemError(number: errno))") }
    }
  }

  func seek(to offset: Int) throws(BulkError) {
    if lseek(descriptor, offset, SEEK_SET) < 0 { throw BulkError("input.unreadable", "\(SystemError(number: errno))") }
  }

  static func unreadable(_ path: RawName) -> BulkError {
    let error = SystemError(number: path.bytes.contains(0) ? EINVAL : errno)
    return BulkError("input.unreadable", "\(path.shown): \(error)", underlying: error)
  }
}

/// The first bytes of others.
final class BeginningOrigin: ByteOrigin {
  let size: Int?
  private let whole: ByteReader
  private let end: Int

  init(of whole: ByteReader, end: Int) { (self.whole, self.end, size) = (whole, end, end) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    let count = min(buffer.count, max(0, end - whole.position))
    return try whole.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
  }

  func seek(to offset: Int) throws(BulkError) { try whole.seek(to: offset) }
}

/// Bytes in memory.
final class MemoryOrigin: ByteOrigin {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var size: Int? { bytes.count }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(BulkError) -> Int {
    let count = min(buffer.count, bytes.count - offset)
    bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + count)])) }
    offset += count
    return count
  }

  func seek(to offset: Int) throws(BulkError) { self.offset = min(max(0, offset), bytes.count) }
}
