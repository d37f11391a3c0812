import FoundationEssentials
import Glibc

/// What the operating system did not do.
public struct SystemError: Error, CustomStringConvertible {
  /// As `errno` has it.
  public var number: Int32

  /// Takes a number of `errno`.
  public init(number: Int32) { self.number = number }

  /// The system's words for it.
  public var description: String { String(cString: strerror(number)).lowercased() }
}

/// What went wrong with a file, in the words of the operating system where it said any.
public func plainReason(_ error: any Error) -> String {
  switch error {
  case let error as SystemError: return error.description
  case let error as POSIXError: return SystemError(number: error.code.rawValue).description
  case let error as CocoaError where [.fileReadNoSuchFile, .fileNoSuchFile].contains(error.code): return "no such file"
  case let error as CocoaError where error.code == .fileReadNoPermission: return "permission denied"
  case let error as CocoaError: return error.underlying.map { plainReason($0) } ?? "\(error)"
  default: return "\(error)"
  }
}

/// Why nothing can be written at `path`: the first folder on the way that is not there, or else what went wrong.
public func plainReason(_ error: any Error, writing path: String) -> String {
  var end = path.startIndex
  while let slash = path[end...].firstIndex(of: "/") {
    end = path.index(after: slash)
    let folder = path[..<slash]
    if !folder.isEmpty, !FileManager.default.fileExists(atPath: String(folder)) {
      return "there is no folder '\(folder)'"
    }
  }
  return plainReason(error)
}
