import DocumentModel
import Foundation
import PipelineKit
import TestSupport
import Testing

@testable import gouji

/// What every stage promises, tried on every stage there is, with documents as the stages before it leave them.
@Suite struct `Every stage` {
  static let steps: [Pipeline.Step] = {
    do {
      return try ShippedPipeline.names.flatMap { try ShippedPipeline.load($0).steps }.reduce(into: []) { steps, step in
        if !steps.contains(where: { $0.id == step.id }) { steps.append(step) }
      }
    } catch { return [] }
  }()

  /// Stages whose work none of the documents calls for; they have tests of their own.
  static let idle = ["table.trim", "table.legends", "record.correct", "ocr"]

  /// The stages that go over pages, which may take long; those of them that the pipeline uses are tried.
  static let goesOverPages = ["read", "text.lines", "table.rulings", "table.aligned", "table.figures"]

  /// Every stage with every document that it is tried on.
  static let trials = steps.map(\.id).flatMap { id in StageDocuments.names.map { (id, $0) } }

  @Test func `The shipped pipelines use every stage there is`() {
    #expect(Set(Self.steps.map(\.contract.kind)) == Set(SharedOptions.registry.kinds))
  }

  @Test(arguments: SharedOptions.registry.kinds)
  func `Every option of a stage says what it means`(kind: String) {
    let silent = SharedOptions.registry.options(of: kind).filter { $0.meaning.count < 8 }.map(\.name)
    #expect(silent == [], "\(kind)")
  }

  @Test(arguments: trials)
  func `A stage changes only the layers that it says it writes, and gives the same answer twice`(
    id: String, name: String
  ) async throws {
    let step = try #require(Self.steps.first { $0.id == id })
    let (before, context) = try await StageDocuments.document(name, before: id)
    let after = try await step.stage().trial(before, in: context)
    for layer in Layer.allCases where !step.contract.writes.contains(layer) {
      var restored = after
      restored.take(layer, from: before)
      #expect(restored == after, "\(id) changed \(layer) without saying so")
    }
    #expect(try await step.stage().trial(before, in: context) == after)
  }

  @Test(arguments: trials)
  func `What a stage writes is read back from the store to the last bit`(id: String, name: String) async throws {
    let step = try #require(Self.steps.first { $0.id == id })
    let (before, context) = try await StageDocuments.document(name, before: id)
    let after = try await step.stage().trial(before, in: context)
    for layer in step.contract.writes {
      guard let json = LayerFormat.encoded(layer, of: after) else { continue }
      var restored = after
      restored.take(layer, from: Document(source: after.source))
      try LayerFormat.decode(layer, from: json, into: &restored)
      #expect(restored == after, "\(layer)")
      #expect(LayerFormat.encoded(layer, of: restored) == json, "\(layer)")
    }
  }

  @Test(arguments: steps.map(\.id).filter { !idle.contains($0) })
  func `A stage has something to do in one of the documents that it is tried on`(id: String) async throws {
    let step = try #require(Self.steps.first { $0.id == id })
    var isBusy = false
    for name in StageDocuments.names {
      let (before, context) = try await StageDocuments.document(name, before: id)
      let after = try await step.stage().trial(before, in: context)
      isBusy =
        isBusy
        || step.contract.writes.contains { layer in
          var restored = after
          restored.take(layer, from: before)
          return restored != after && before.has(layer)
        } || step.contract.writes.contains { after.hasContent(in: $0) && !before.has($0) }
    }
    #expect(isBusy, "nothing that \(id) writes differs from what it was given")
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
    _ = try await step.stage().trial(document)
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

  @Test(arguments: steps.map(\.id).filter { goesOverPages.contains($0) })
  func `A stage that goes over pages stops where it is cancelled`(id: String) async throws {
    let step = try #require(Self.steps.first { $0.id == id })
    let (before, context) = try await StageDocuments.document("without rules", before: id)
    // The runner, which looks for cancellation before each stage, has no part in this.
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await step.stage().trial(before, in: context)
    }
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  @Test(arguments: ShippedPipeline.names)
  func `All options of a shipped pipeline can be written out and read back`(name: String) async throws {
    let pipeline = try ShippedPipeline.load(name)
    try await withFolder { folder in
      // The files that options name are found beside the pipeline file.
      let copy = folder.appending(path: name)
      try FileManager.default.copyItem(at: Checkout.root.appending(path: "Pipelines/\(name)"), to: copy)
      let steps = pipeline.steps.map {
        "  - { id: \($0.id), use: \($0.contract.kind), options: \($0.options.canonical) }\n"
      }
      let file = copy.appending(path: "pipeline.yaml")
      try Data("pipeline: \(name)\nformat: 1\nstages:\n\(steps.joined())".utf8).write(to: file)
      let again = try PipelineFile(registry: SharedOptions.registry).load(file.path)
      #expect(again.steps.map(\.options.canonical) == pipeline.steps.map(\.options.canonical))
      #expect(again.fingerprint == pipeline.fingerprint)
    }
  }
}

extension Document {
  /// Whether something was found for `layer`.
  fileprivate func hasContent(in layer: Layer) -> Bool {
    switch layer {
    case .pages: pages?.isEmpty == false
    case .lines: lines?.isEmpty == false
    case .blocks: blocks?.isEmpty == false
    case .tables: tables?.isEmpty == false
    case .record: record?.fields.isEmpty == false
    }
  }
}
