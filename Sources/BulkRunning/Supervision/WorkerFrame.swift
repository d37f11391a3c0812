import Glibc

/// What a jailed worker says, between the lines that it is sent.
///
///     -> {"v":1,"id":"a.pdf","source":{"path":"a.pdf"}}       a line of a manifest
///     <- ready 31                                             once, before the first request: the state of its jail
///     <- digest 9f86d0…                                       optional: what is in the document
///     -> go | known                                           the answer to that: known contents are not extracted again
///     <- stage read                                           any number of times
///     <- page 3                                               any number of times; the next page or stage ends it
///     <- reply complete - - 12345                             status, reason, stage and bytes of what follows
///     <- {…}                                                  so many bytes and a line end
///     <- memory                                               where it is about to die because there is no more
enum WorkerFrame: Equatable {
  case ready(Int)
  case digest(String)
  case stage(String)
  case page(Int)
  case memory
  case reply(WorkerReply)
}

/// What became of a document.
public struct WorkerReply: Equatable, Sendable {
  /// The first word of a reply.
  public enum Status: String, Sendable {
    case complete, partial, failed
    /// The contents are those of a document that is done; what follows is the `source` of this one.
    case known
  }

  /// What it is.
  public var status: Status
  /// The stable code of why it is not complete.
  public var reason: String?
  /// The id of the stage that could not do it.
  public var stage: String?
  /// A JSON object in one line: the result, or for a document that failed `{"message":…}`.
  public var payload: [UInt8]

  /// Creates a reply.
  public init(_ status: Status, reason: String? = nil, stage: String? = nil, payload: [UInt8]) {
    self.status = status
    self.reason = reason
    self.stage = stage
    self.payload = payload
  }
}

/// Takes the frames of a worker apart, which may do as it likes.
struct FrameReader {
  /// The most bytes of a payload.
  let limit: Int
  private var bytes: [UInt8] = []
  private var start = 0
  /// The head of the reply whose payload is being read.
  private var head: (reply: WorkerReply, count: Int)?

  init(limit: Int) { self.limit = limit }

  /// What a worker did that speaks no frames.
  enum Fault: Error {
    case noFrame
    case tooLong
  }

  /// What came of reading.
  enum Filled { case some, nothing, end }

  /// Takes what is there to read.
  mutating func fill(from stream: Int32, chunk: Int = 1 << 14) -> Filled {
    if start == bytes.count { (start, bytes) = (0, []) }
    if start > chunk {
      bytes.removeFirst(start)
      start = 0
    }
    var count = 0
    let old = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: chunk))
    bytes.withUnsafeMutableBytes { buffer in
      repeat { count = read(stream, buffer.baseAddress.map { $0 + old }, chunk) } while count < 0 && errno == EINTR
    }
    bytes.removeLast(chunk - max(count, 0))
    return count > 0 ? .some : count == 0 ? .end : errno == EAGAIN ? .nothing : .end
  }

  /// The next whole frame.
  ///
  /// - Throws: ``Fault``.
  mutating func next() throws(Fault) -> WorkerFrame? {
    if head == nil {
      guard let end = bytes[start...].prefix(Self.mostOfHead).firstIndex(of: UInt8(ascii: "\n")) else {
        if bytes.count - start >= Self.mostOfHead { throw .noFrame }
        return nil
      }
      let line = String(decoding: bytes[start..<end], as: UTF8.self)
      start = end + 1
      if let frame = try frame(line) { return frame }
    }
    guard let head, bytes.count - start > head.count else { return nil }
    let payload = bytes[start..<start + head.count]
    guard bytes[start + head.count] == UInt8(ascii: "\n"), payload.first == UInt8(ascii: "{"),
      payload.last == UInt8(ascii: "}"), !payload.contains(UInt8(ascii: "\n"))
    else { throw .noFrame }
    var reply = head.reply
    reply.payload = Array(payload)
    start += head.count + 1
    self.head = nil
    return .reply(reply)
  }

  /// The frame of one line; nil for the head of a reply, which goes on.
  private mutating func frame(_ line: String) throws(Fault) -> WorkerFrame? {
    let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    switch (words[0], words.count) {
    case ("memory", 1): return .memory
    case ("stage", 2): return .stage(words[1])
    case ("digest", 2): return .digest(words[1])
    case ("page", 2):
      guard let number = Int(words[1]) else { throw .noFrame }
      return .page(number)
    case ("ready", 2):
      guard let state = Int(words[1]) else { throw .noFrame }
      return .ready(state)
    case ("reply", 5):
      guard let status = WorkerReply.Status(rawValue: words[1]), let count = Int(words[4]), count >= 2 else {
        throw .noFrame
      }
      guard count <= limit else { throw .tooLong }
      let (reason, stage) = (words[2], words[3])
      head = (
        WorkerReply(status, reason: reason == "-" ? nil : reason, stage: stage == "-" ? nil : stage, payload: []), count
      )
      return nil
    default: throw .noFrame
    }
  }

  private static let mostOfHead = 512
}
