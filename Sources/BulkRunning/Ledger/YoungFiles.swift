import DocumentModel
import Glibc

/// Tells which documents lie in files that may not be what they were when a run first read them.
///
/// The system notes when the content, the name or the leave of a file last changed, and no copy that keeps its dates takes
/// that back: a file that was last changed before the run first began is as it was. What is younger need not be another
/// content; its digest tells.
struct YoungFiles {
  /// When the run first began, in milliseconds since 1970.
  private let began: Int
  private var last: (path: RawName, isYoung: Bool)?

  init(since began: Int) { self.began = began }

  /// Milliseconds since 1970.
  static var now: Int {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return milliseconds(now)
  }

  private static func milliseconds(_ time: timespec) -> Int { time.tv_sec * 1000 + time.tv_nsec / 1_000_000 }

  /// Whether the file that the document is, or lies in, may have changed. One that is gone has not.
  mutating func contain(_ source: JSONValue) -> Bool {
    let path: RawName
    do { path = try DocumentAddress(json: source).path } catch { return false }
    if let last, last.path == path { return last.isYoung }
    var status = stat()
    let isThere = stat(path.bytes.map { CChar(bitPattern: $0) } + [0], &status) == 0
    // The clock of files goes in steps of some milliseconds.
    let isYoung = isThere && Self.milliseconds(status.st_ctim) + 20 >= began
    last = (path, isYoung)
    return isYoung
  }
}
