public import DocumentModel
public import Foundation
import Logging
public import PipelineKit

extension StageContext {
  /// A context for a stage that is tried alone.
  public static func trial(
    stage: String = "trial", content: SourceContent = SourceContent(uri: "trial", bytes: Data()),
    request: RunRequest = RunRequest()
  ) -> StageContext {
    StageContext(stage: stage, content: content, request: request, logger: .silent)
  }
}

extension Logger {
  /// Says nothing.
  static let silent = Logger(label: "trial") { _ in SwiftLogNoOpLogHandler() }
}

extension Stage {
  /// The document after this stage alone, with all layers in sight.
  public func trial(_ document: Document, in context: StageContext = .trial()) async throws -> Document {
    var document = document
    try await run(&document, in: context)
    return document
  }
}

extension PipelineRunner {
  /// A runner that logs nowhere in particular.
  public static func trial(_ pipeline: Pipeline) -> PipelineRunner {
    PipelineRunner(pipeline, logger: .silent)
  }
}

/// The checkout that the tests run in.
public enum Checkout {
  /// Its top folder.
  public static var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  /// The fixtures that have a source, by id, sorted.
  public static var fixtures: [Fixture] {
    let folder = root.appending(path: "Fixtures")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return files.sorted().compactMap { file in
      let parts = file.split(separator: "/")
      guard parts.count == 2, parts[1].hasPrefix("source.") else { return nil }
      return Fixture(id: String(parts[0]), folder: folder, source: String(parts[1]))
    }
  }
}

/// A document of our own with the answer expected of it.
public struct Fixture: Sendable, CustomStringConvertible {
  /// Name of its folder.
  public var id: String
  /// Its folder.
  public var folder: URL
  /// The document.
  public var source: URL
  /// The answer.
  public var expected: URL

  init(id: String, folder: URL, source: String) {
    self.id = id
    self.folder = folder.appending(path: id)
    self.source = self.folder.appending(path: source)
    expected = self.folder.appending(path: "expected.json")
  }

  /// The id.
  public var description: String { id }
}
