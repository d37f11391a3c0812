import ArgumentParser
import FoundationEssentials
import Glibc
import Reporting

/// The files that a command reads, of which none may be written over: not by another name, nor through a link.
struct ReadFiles {
  private var names: [FileIdentity: String] = [:]

  /// Names what is read: files, `-` for standard input, and bulk folders. What is not there is nobody's file.
  init(_ paths: [String]) {
    for path in paths { add(path) }
  }

  private mutating func add(_ path: String) {
    guard let file = FileIdentity(reading: path) else {
      // Who may not list a folder cannot read its files either.
      do {
        for name in try FileManager.default.contentsOfDirectory(atPath: path) where BulkResults.reads(name) {
          let inner = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
          if let file = FileIdentity(reading: inner) { names[file] = names[file] ?? inner }
        }
      } catch {}
      return
    }
    names[file] = names[file] ?? path
  }

  /// Refuses to write to one of them, or to what the output is called until it is whole.
  ///
  /// - Parameter outputs: paths, or `-` for standard output, which a shell may have opened to append to a file.
  /// - Throws: `ValidationError`.
  func refuse(writing outputs: [String]) throws {
    for output in outputs {
      for path in output == "-" ? [output] : [output, LineOutput.part(of: output)] {
        guard let file = FileIdentity(writing: path), let name = names[file] else { continue }
        let what = path == "-" ? "standard output" : "'\(path)'"
        let whose = name == "-" ? "standard input" : "'\(name)'"
        throw ValidationError("\(what) would be written over \(whose), which is read; write to another file")
      }
    }
  }
}

/// What tells a regular file from all others, whatever it is called.
private struct FileIdentity: Hashable {
  private let device: UInt64
  private let number: UInt64

  init?(reading path: String) { self.init(path, standard: STDIN_FILENO) }
  init?(writing path: String) { self.init(path, standard: STDOUT_FILENO) }

  /// Nil for what is not there, and for pipes, devices and folders.
  private init?(_ path: String, standard: Int32) {
    var status = stat()
    guard (path == "-" ? fstat(standard, &status) : stat(path, &status)) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    (device, number) = (UInt64(status.st_dev), UInt64(status.st_ino))
  }
}
