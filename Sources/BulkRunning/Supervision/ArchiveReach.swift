import DocumentModel
import Glibc

/// How long it may take to get at a document in an archive, of which all that is before it may have to be unpacked first.
struct ArchiveReach {
  /// Bytes of an archive as it is stored: half of what the slowest of the usual packings, bzip2, lets through.
  static let bytesPerSecond = 1e7
  /// Seconds, however long the archive is.
  static let most = 3600.0

  private var last: (path: RawName, seconds: Double)?

  /// Seconds more than a document of its own may take; 0 for a file, for a record of a web archive, whose place is known, and
  /// for what is not there.
  mutating func seconds(to source: JSONValue) -> Double {
    let address: DocumentAddress
    do { address = try DocumentAddress(json: source) } catch { return 0 }
    guard case .entry? = address.steps.first else { return 0 }
    if let last, last.path == address.path { return last.seconds }
    var status = stat()
    let isThere = stat(address.path.bytes.map { CChar(bitPattern: $0) } + [0], &status) == 0
    let seconds = isThere ? min(Double(status.st_size) / Self.bytesPerSecond, Self.most) : 0
    last = (address.path, seconds)
    return seconds
  }
}
