import Foundation
import PipelineKit

/// With which versions of the stages the goldens were recorded, and a digest of each golden.
///
/// A result that was stored is taken for good as long as the fingerprint of the pipeline stands: versions of the stages,
/// options, and the files that they name. So a result may differ only where one of these has changed.
struct GoldenVersions: Equatable {
  /// By kind.
  private(set) var stages: [String: Int] = [:]
  /// Of the pipeline.
  private(set) var fingerprint = ""
  /// By fixture: digests of the document and of its golden.
  private(set) var goldens: [String: Digests] = [:]

  struct Digests: Equatable {
    var source: String
    var golden: String
  }

  /// Of no golden yet.
  init(stages: [String: Int], fingerprint: String) {
    self.stages = stages
    self.fingerprint = fingerprint
  }

  /// The stages of `pipeline` as they are.
  init(_ pipeline: Pipeline) {
    stages = Dictionary(pipeline.steps.map { ($0.contract.kind, $0.contract.version) }) { $1 }
    fingerprint = pipeline.fingerprint
  }

  mutating func add(_ id: String, source: Data, golden: Data) {
    goldens[id] = Digests(source: Digest.sha256(of: source), golden: Digest.sha256(of: golden))
  }

  /// What ``text`` says.
  init(recorded text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map { String($0) }
      switch (words.first, words.count) {
      case ("stage", 3): stages[words[1]] = Int(words[2])
      case ("pipeline", 2): fingerprint = words[1]
      case ("golden", 4): goldens[words[1]] = Digests(source: words[2], golden: words[3])
      default: continue
      }
    }
  }

  /// One line for each stage and golden, sorted.
  var text: String {
    let lines =
      ["# Written together with the goldens; see Fixtures/README.md.", "pipeline \(fingerprint)"]
      + stages.sorted { $0.key < $1.key }.map { "stage \($0.key) \($0.value)" }
      + goldens.sorted { $0.key < $1.key }.map { "golden \($0.key) \($0.value.source) \($0.value.golden)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether nothing has to be recorded anew; options and files may change without consequences.
  func agrees(with other: GoldenVersions) -> Bool { stages == other.stages && goldens == other.goldens }

  /// What no recording puts right: goldens of the same documents that differ while nothing says that they may.
  func fault(since recorded: GoldenVersions) -> String? {
    let sunk = stages.filter { $0.value < recorded.stages[$0.key] ?? 0 }.keys.sorted()
    if !sunk.isEmpty { return "the version of \(sunk.joined(separator: ", ")) is lower than the recorded one" }
    let changed = goldens.filter { id, now in
      recorded.goldens[id].map { $0.source == now.source && $0.golden != now.golden } ?? false
    }.keys.sorted()
    guard !changed.isEmpty, fingerprint == recorded.fingerprint else { return nil }
    return """
      the records of \(changed.joined(separator: ", ")) changed, and neither the version of a stage rose nor did an option \
      or file of the pipeline change: raise the version in the contract of the stage that changed, then record the goldens
      """
  }
}
