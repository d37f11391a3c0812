import BulkRunning
import DocumentModel
import Foundation
import Glibc
import PipelineKit

/// A worker that does what its documents say, in the real jail: the first word of a document is one of ``Deed``.
@main struct MockWorker {
  nonisolated static func main() async throws {
    let worker = try JailedWorker()
    try await worker.run { request, worker in try reply(to: request, worker) }
  }

  enum Deed: String {
    case ok, partial, fail, trap, segv, abort, hang, spin, oom, flood, garbage, leave, half, drip, mute, talk
    case socket, write, fork, change, page
  }

  private static func reply(to request: BulkRequest, _ worker: JailedWorker) throws -> WorkerReply {
    let bytes: Data
    do { bytes = try worker.open(request).bytes } catch {
      return WorkerReply(.failed, reason: error.code, payload: Array("{}".utf8))
    }
    let digest = Digest.sha256(of: bytes)
    let source: JSONValue = ["uri": .string(request.id), "sha256": .string(digest), "member": .null]
    if try worker.isKnown(digest) { return WorkerReply(.known, payload: source.encoded()) }
    let text = String(decoding: bytes, as: UTF8.self)
    try worker.begins("mock")
    let deed = Deed(rawValue: String(text.prefix { $0.isLetter })) ?? .ok
    let result: JSONValue = [
      "format": "gouji.record/1", "source": source, "status": .string(deed == .partial ? "partial" : "complete"),
      "data": ["text": .string(text)],
    ]
    try perform(deed, result, worker)
    return switch deed {
    case .fail:
      WorkerReply(.failed, reason: "pdf.damaged", stage: "mock", payload: Array(#"{"message":"as told"}"#.utf8))
    case .partial: WorkerReply(.partial, payload: result.encoded())
    default: WorkerReply(.complete, payload: result.encoded())
    }
  }

  private static func perform(_ deed: Deed, _ result: JSONValue, _ worker: JailedWorker) throws {
    switch deed {
    case .ok, .partial, .fail: break
    case .trap: fatalError("as told")
    case .segv: raise(SIGSEGV)
    case .abort: Glibc.abort()
    case .hang: while true { pause() }
    case .page:
      try worker.beginsPage(6)
      try worker.beginsPage(7)
      while true { pause() }
    case .spin: while monotonic() > 0 {}
    case .oom: swell()
    case .flood:
      try worker.say(Array("reply complete - - 999999999999\n".utf8) + [UInt8](repeating: 0x20, count: 1 << 16))
    case .garbage: try worker.say((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37 | 0x80) })
    case .leave: exit(3)
    case .half:
      let payload = result.encoded()
      try worker.say(Array("reply complete - - \(payload.count)\n".utf8) + payload.prefix(payload.count / 2))
      exit(0)
    case .drip:
      for byte in "reply complete - - 999\n{".utf8 { try worker.say([byte]) }
      while true {
        try worker.say([0x20])
        usleep(50_000)
      }
    case .mute:
      // All that could be the pipe to the supervisor.
      for stream in Int32(3)..<64 { close(stream) }
      while true { pause() }
    case .talk: FileHandle.standardOutput.write(Data("a library prints something\n".utf8))
    case .socket: guard socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) < 0 else { exit(9) }
    case .write: guard open("/tmp/gouji-mock-escaped", O_WRONLY | O_CREAT, 0o600) < 0 else { exit(9) }
    case .change: guard changes.isEmpty else { exit(9) }
    case .fork:
      var process = pid_t()
      guard posix_spawn(&process, "/bin/true", nil, nil, [nil], nil) != 0 else { exit(9) }
    }
  }

  /// What could be changed of a file that it may read, besides its content.
  private static var changes: [String] {
    let path = "/proc/self/exe"
    let file = open(path, O_RDONLY)
    var now = stat()
    fstat(file, &now)
    var times = [timespec](repeating: timespec(), count: 2)
    let tries: [(String, () -> Int32)] = [
      ("chmod", { chmod(path, now.st_mode) }), ("fchmod", { fchmod(file, now.st_mode) }),
      ("fchmodat", { fchmodat(AT_FDCWD, path, now.st_mode, 0) }),
      ("chown", { chown(path, now.st_uid, now.st_gid) }), ("fchown", { fchown(file, now.st_uid, now.st_gid) }),
      ("lchown", { lchown("/tmp", 0, 0) }), ("utimensat", { utimensat(AT_FDCWD, path, &times, 0) }),
      ("futimens", { futimens(file, &times) }), ("utime", { utime(path, nil) }),
      ("truncate", { truncate("/dev/null", 0) }),
      ("rename", { rename("/tmp/gouji-mock-none", "/tmp/gouji-mock-other") }),
      ("link", { link(path, "/tmp/gouji-mock-link") }),
      ("mkdir", { mkdir("/tmp/gouji-mock-folder", 0o700) }), ("setpgid", { setpgid(0, 0) }),
    ]
    return tries.filter { $0.1() == 0 || errno != EPERM }.map(\.0)
  }

  private static func monotonic() -> UInt64 { DispatchTime.now().uptimeNanoseconds }

  /// As a C library does that meets the end of memory.
  private static func swell() {
    while true {
      guard let block = malloc(1 << 20) else { Glibc.abort() }
      memset(block, 1, 1 << 20)
    }
  }
}
