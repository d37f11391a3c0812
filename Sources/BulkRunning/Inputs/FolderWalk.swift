import Glibc
import PipelineKit

/// The files below a folder, in the order of their names' bytes; links are not followed.
struct FolderWalk {
  /// What a path leads to.
  enum Kind { case file, folder, link, special }

  /// A file, or what cannot be one.
  struct Found {
    var path: RawName
    var failure: BulkError?
  }

  /// What is still to be looked at, the next one last.
  private var waiting: [RawName]

  init(_ folder: RawName) { waiting = [folder] }

  mutating func next() -> Found? {
    while let path = waiting.popLast() {
      do {
        // Only the folder that a person named may be a link.
        let kind = try Self.kind(of: path, followingLink: isFirst)
        isFirst = false
        switch kind {
        case .file: return Found(path: path)
        case .link: return Found(path: path, failure: BulkError("input.link", "a link, which is not followed"))
        case .special: return Found(path: path, failure: BulkError("input.special", "a device, a pipe or a socket"))
        case .folder: waiting += try Self.names(in: path).reversed()
        }
      } catch {
        return Found(path: path, failure: error)
      }
    }
    return nil
  }

  private var isFirst = true

  /// What is at `path`.
  ///
  /// - Throws: `input.unreadable`.
  static func kind(of path: RawName, followingLink: Bool) throws(BulkError) -> Kind {
    var status = stat()
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    errno = EINVAL
    guard !path.bytes.isEmpty, !path.bytes.contains(0),
      (followingLink ? stat(name, &status) : lstat(name, &status)) == 0
    else { throw FileOrigin.unreadable(path) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    case S_IFLNK: return .link
    default: return .special
    }
  }

  /// The paths of what is in a folder.
  private static func names(in folder: RawName) throws(BulkError) -> [RawName] {
    guard let stream = opendir(folder.bytes.map { CChar(bitPattern: $0) } + [0]) else {
      throw FileOrigin.unreadable(folder)
    }
    defer { closedir(stream) }
    let prefix = folder.bytes.last == UInt8(ascii: "/") ? folder.bytes : folder.bytes + [UInt8(ascii: "/")]
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw FileOrigin.unreadable(folder) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map { RawName(bytes: prefix + $0) }
  }
}
