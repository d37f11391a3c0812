import Glibc
import PipelineKit

/// The folder that a run writes into, held open: it stays the same folder if it is given another name.
final class OutputFolder {
  let path: String
  private let folder: Int32

  /// Opens the folder, and makes it where there is none.
  ///
  /// - Throws: ``BulkError`` with code `output.not_writable`.
  init(path: String, creates: Bool) throws {
    self.path = path
    if creates, mkdir(path, 0o777) != 0, errno != EEXIST { throw Self.error(path) }
    folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw Self.error(path) }
  }

  deinit { close(folder) }

  /// Opens a file in it.
  ///
  /// - Throws: ``BulkError``.
  func open(_ name: String, _ flags: Int32) throws -> Int32 {
    let file = openat(folder, name, flags | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw error(name) }
    return file
  }

  func has(_ name: String) -> Bool { faccessat(folder, name, F_OK, 0) == 0 }

  /// - Throws: ``BulkError``.
  func rename(_ name: String, to other: String) throws {
    guard renameat(folder, name, folder, other) == 0 else { throw error(other) }
  }

  /// Removes a file if it is there.
  ///
  /// - Throws: ``BulkError``.
  func remove(_ name: String) throws {
    guard unlinkat(folder, name, 0) == 0 || errno == ENOENT else { throw error(name) }
  }

  /// Writes a whole file: it is there as it was, or as it is now, whatever happens.
  ///
  /// - Throws: ``BulkError``.
  func replace(_ name: String, by bytes: [UInt8]) throws {
    let part = name + ".new"
    let file = try open(part, O_WRONLY | O_CREAT | O_TRUNC)
    do {
      defer { close(file) }
      do { try writeAll(bytes, to: file) } catch { throw self.error(name, error) }
      guard fdatasync(file) == 0 else { throw error(name) }
    }
    try rename(part, to: name)
  }

  /// What a file holds; nil where there is none.
  func contents(_ name: String) throws -> [UInt8]? {
    guard has(name) else { return nil }
    let file = try open(name, O_RDONLY)
    defer { close(file) }
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &part, part.count)
      guard count >= 0 || errno == EINTR else { throw error(name) }
      if count == 0 { return all }
      all += part[..<max(0, count)]
    }
  }

  /// Makes sure that the names of its files outlive a loss of power.
  func sync() { fsync(folder) }

  /// What cannot be written, for the reason that the system gave last.
  func error(_ name: String, _ cause: any Error = SystemError(number: errno)) -> BulkError {
    Self.error(path + "/" + name, cause)
  }

  private static func error(_ path: String, _ cause: any Error = SystemError(number: errno)) -> BulkError {
    let reason = plainReason(cause, writing: path)
    return BulkError("output.not_writable", "\(path): cannot be written (\(reason))", underlying: cause)
  }
}
