import FoundationEssentials
import PipelineKit

/// Half of the SHA-256 of a document's id: what a run remembers of every document, which are many.
///
/// That two ids of a thousand million have the same is less likely than that the machine is struck by a meteorite.
struct DocumentKey: Hashable {
  private let high: UInt64
  private let low: UInt64

  /// Of an id as it stands in JSON, quotes included.
  init(_ id: some Collection<UInt8>) {
    let digest = Digest.bytes(of: Array(id), .sha256)
    func word(_ start: Int) -> UInt64 { digest[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    (high, low) = (word(0), word(8))
  }

  /// Whether the document belongs to this part of all.
  func belongs(to shard: Shard) -> Bool { high % UInt64(shard.count) == UInt64(shard.index - 1) }
}

/// One of several runs that share the documents of the same inputs between them.
public struct Shard: Hashable, Sendable {
  /// From 1.
  public var index: Int
  /// How many there are.
  public var count: Int

  /// `2/8`, or `env` for the place in an array of jobs of Slurm or Kubernetes.
  ///
  /// Slurm counts from SLURM_ARRAY_TASK_MIN, Kubernetes from 0; the count of the latter is not in the environment by
  /// itself: it is looked for in JOB_COMPLETION_COUNT.
  ///
  /// - Throws: ``BulkError`` with code `bulk.shard`.
  public init(_ text: String, environment: [String: String]) throws {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    let numbers: (Int?, Int?)
    if text != "env" {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      numbers = parts.count == 2 ? (Int(parts[0]), Int(parts[1])) : (nil, nil)
    } else if let task = number("SLURM_ARRAY_TASK_ID") {
      numbers = (task - (number("SLURM_ARRAY_TASK_MIN") ?? 1) + 1, number("SLURM_ARRAY_TASK_COUNT"))
    } else {
      numbers = (number("JOB_COMPLETION_INDEX").map { $0 + 1 }, number("JOB_COMPLETION_COUNT"))
    }
    guard case (let index?, let count?) = numbers, count > 0, (1...count).contains(index) else {
      throw BulkError(
        "bulk.shard",
        text == "env"
          ? "the environment has neither SLURM_ARRAY_TASK_ID and SLURM_ARRAY_TASK_COUNT nor JOB_COMPLETION_INDEX and JOB_COMPLETION_COUNT, or they do not fit"
          : "'\(text)' is no part of a run; write for example 2/8, or env")
    }
    (self.index, self.count) = (index, count)
  }

  /// What the names of its files have in them.
  var infix: String { ".part-\(index)-of-\(count)" }
}
