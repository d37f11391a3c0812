import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

/// What the shipped rules read off single sentences: `facts-tests.yaml`.
@Suite struct `The facts of a sentence` {
  @Test(arguments: try FactSentence.all())
  func `A sentence states these facts and no others`(sentence: FactSentence) async throws {
    let pipeline = try ShippedPipeline.load("annual-report")
    let text = ([sentence.body + "2023年政府信息公开工作年度报告"] + sentence.paragraphs).joined(separator: "\n\n")
    let document = try await PipelineRunner.trial(pipeline).run(SourceContent(uri: "trial.txt", bytes: Data(text.utf8)))
    let record = try #require(document.record)
    #expect(record.value(at: "/year") == .integer(2023))
    #expect(record.statedFacts == sentence.facts)
  }
}

struct FactSentence: Sendable, CustomTestStringConvertible {
  /// The body that reports.
  var body: String
  var paragraphs: [String]
  var facts: [String: String]
  var testDescription: String { body + ": " + (paragraphs.last ?? "") }

  static func all() throws -> [FactSentence] {
    let file = Checkout.root.appending(path: "Pipelines/annual-report/facts-tests.yaml")
    let root = try YAMLNode(yaml: try Data(contentsOf: file))
    return (root?["sentences"]?.sequence ?? []).map { node in
      let text = node["text"]
      return FactSentence(
        body: node["body"]?.string ?? "石湾县柳浦镇人民政府",
        paragraphs: text?.sequence?.compactMap(\.string) ?? ["一、总体情况", text?.string ?? ""],
        facts: Dictionary(
          (node["facts"]?.mapping ?? []).map { ($0.key.string ?? "", $0.value.string ?? "") }, uniquingKeysWith: { $1 }
        ))
    }
  }
}

extension Record {
  /// `70`, `~70` for an approximate one, `?` where statements differ.
  fileprivate var statedFacts: [String: String] {
    var facts: [String: String] = [:]
    for field in fields where field.pointer.hasPrefix("/facts/") && field.pointer.hasSuffix("/value") {
      let key = String(field.pointer.split(separator: "/")[1])
      if case .integer(let value) = field.value {
        let isApproximate = self.value(at: "/facts/\(key)/approximate") == .bool(true)
        facts[key] = (isApproximate ? "~" : "") + String(value)
      } else if field.provenance?.state == .ambiguous {
        facts[key] = "?"
      }
    }
    return facts
  }
}
