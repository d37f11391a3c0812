import Glibc
import PipelineKit

/// The files below a folder, in the order of their names' bytes; links are not followed.
///
/// Hidden files and folders, and folders that this program has made, are left out, unless it is the folder that a person
/// named: nobody means them by the name of what is around them.
struct FolderWalk {
  /// What a path leads to.
  enum Kind { case file, folder, link, special }

  /// A file, or what cannot be one.
  struct Found {
    var path: RawName
    var failure: BulkError?
  }

  /// A folder that this program has made.
  enum Made: String {
    case results = "results of a bulk run"
    case store = "a store"
  }

  /// How many hidden files and folders were left out; what is in a folder is not counted.
  private(set) var hidden = 0
  /// The folders that were left out because of what they are.
  private(set) var made: [(path: RawName, what: Made)] = []

  /// What is still to be looked at, the next one last.
  private var waiting: [RawName]

  init(_ folder: RawName) { waiting = [folder] }

  mutating func next() -> Found? {
    while let path = waiting.popLast() {
      do {
        // Only the folder that a person named may be a link.
        let isNamed = isFirst
        isFirst = false
        switch try Self.kind(of: path, followingLink: isNamed) {
        case .file: return Found(path: path)
        case .link: return Found(path: path, failure: BulkError("input.link", "a link, which is not followed"))
        case .special: return Found(path: path, failure: BulkError("input.special", "a device, a pipe or a socket"))
        case .folder:
          let names = try Self.names(in: path)
          if !isNamed, let what = Self.made(path, names) {
            made.append((path, what))
            continue
          }
          let shown = names.filter { $0.first != UInt8(ascii: ".") }
          hidden += names.count - shown.count
          waiting += shown.reversed().map { path.appending($0) }
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

  /// What a folder with these names in it was made for; nil for any other.
  private static func made(_ folder: RawName, _ names: [[UInt8]]) -> Made? {
    if names.contains(Array(".checked".utf8)) {
      // A store has nothing but folders that are called as digests.
      return names.allSatisfy { $0.first == UInt8(ascii: ".") || $0.count == 64 } ? .store : nil
    }
    let isRun = names.contains { name in
      guard name.starts(with: "run.".utf8), name.suffix(5) == Array(".json".utf8)[...] else { return false }
      do {
        let bytes = ByteReader(try FileOrigin(folder.appending(name)))
        return String(decoding: try bytes.peek(64), as: UTF8.self).contains("\"gouji.run/")
      } catch { return false }
    }
    return isRun ? .results : nil
  }

  /// The names of what is in a folder, in the order of their bytes.
  private static func names(in folder: RawName) throws(BulkError) -> [[UInt8]] {
    guard let stream = opendir(folder.bytes.map { CChar(bitPattern: $0) } + [0]) else {
      throw FileOrigin.unreadable(folder)
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
      errno = 0
    }
    if errno != 0 { throw FileOrigin.unreadable(folder) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

extension RawName {
  /// The path of what is called so in the folder at this path.
  fileprivate func appending(_ name: [UInt8]) -> RawName {
    RawName(bytes: bytes + (bytes.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name)
  }
}
