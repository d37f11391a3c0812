import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

@testable import gouji

/// What every stage promises, tried on every stage there is.
@Suite struct `Every stage` {
  static let steps: [Pipeline.Step] = {
    let path = Checkout.root.appending(path: "Pipelines/annual-report/pipeline.yaml").path
    do { return try PipelineFile(registry: SharedOptions.registry).load(path).steps } catch { return [] }
  }()

  /// A document with something in every layer.
  private func full() -> Document {
    var document = Document(source: Source(uri: "trial", sha256: "", byteCount: 0, mediaType: "application/pdf"))
    let sketch = PageSketch(
      """
      Report of 2024
      +-----+----+----+
      | New | 12 | 13 |
      +-----+----+----+
      | Old |  1 |  2 |
      +-----+----+----+
      """)
    document.pages = [sketch.page]
    document.lines = [Line(PrintedText("Report of 2024"), place: .page(1, Box(0, 0, 140, 12)))]
    document.tables = [
      Table(drawing: "New | 12 | 13\nOld | 1 | 2", columnEvidence: .placed, headerColumns: 1),
      Table(drawing: "New | 12 | 13\nOld | 1 | 2", id: "t2", columnEvidence: .ordered),
    ]
    document.blocks = [Block(.paragraph, text: PrintedText("Report"), places: [])]
    document.record = Record(status: .partial)
    return document
  }

  @Test func `The shipped pipeline uses every stage there is`() {
    #expect(Set(Self.steps.map(\.contract.kind)) == Set(SharedOptions.registry.kinds))
  }

  @Test(arguments: steps.map(\.id))
  func `A stage changes only the layers that it says it writes`(id: String) async throws {
    let step = try #require(Self.steps.first { $0.id == id })
    let before = full()
    let content = SourceContent(uri: "trial", bytes: Data("Report\n".utf8))
    let after = try await step.stage.trial(before, in: .trial(content: content))
    for layer in Layer.allCases where !step.contract.writes.contains(layer) {
      var restored = after
      restored.take(layer, from: before)
      #expect(restored == after, "\(id) changed \(layer) without saying so")
    }
  }

  @Test(arguments: steps.map(\.id))
  func `A stage gives the same answer twice`(id: String) async throws {
    let step = try #require(Self.steps.first { $0.id == id })
    let context = StageContext.trial(content: SourceContent(uri: "trial", bytes: Data("Report\n".utf8)))
    let first = try await step.stage.trial(full(), in: context)
    let second = try await step.stage.trial(full(), in: context)
    #expect(first == second)
  }

  @Test(arguments: steps.filter { $0.id != "read" }.map(\.id))
  func `A stage survives a document in which nothing was found`(id: String) async throws {
    let step = try #require(Self.steps.first { $0.id == id })
    var document = Document(source: Source(uri: "trial"))
    document.lines = []
    document.blocks = []
    document.tables = []
    document.record = Record(status: .partial)
    if step.contract.reads.contains(.pages) { document.pages = [] }
    _ = try await step.stage.trial(document)
  }

  @Test func `A cancelled run ends with an error of the stage it reached`() async throws {
    let pipeline = Pipeline(name: "trial", steps: Self.steps)
    let content = SourceContent(uri: "trial", bytes: Data("Report\n".utf8))
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await PipelineRunner.trial(pipeline).run(content)
    }
    await #expect(throws: StageFailure.self) { _ = try await task.value }
  }

  @Test(arguments: SharedOptions.registry.kinds)
  func `The default options of a stage can be written and read back`(kind: String) throws {
    let yaml = SharedOptions.registry.defaultOptions(of: kind)
    guard !yaml.isEmpty, kind != "record.map" else { return }  // the schemas of record.map have no default
    let options = yaml.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("pipeline: p\nformat: 1\nstages:\n  - use: \(kind)\n    options:\n\(options)".utf8)
      .write(to: URL(filePath: path))
    do {
      _ = try PipelineFile(registry: SharedOptions.registry).load(path)
    } catch let error as PipelineFile.Faults {
      // Alone in a file a stage may lack the layers that it reads, but nothing may be wrong with its options.
      #expect(error.faults.filter { !$0.message.contains("which no stage before it writes") } == [])
    }
  }
}
