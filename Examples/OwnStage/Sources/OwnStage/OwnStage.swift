import DocumentModel
import PipelineKit

/// `OwnStage PIPELINE TEXT`: a pipeline of stages that are none of Gouji's, checked and run by Gouji.
@main struct OwnStage {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { return print("usage: OwnStage PIPELINE TEXT") }
    // The stages that a pipeline file may name. `registry.pipelineSchema` is what an editor needs to complete them.
    let registry = StageRegistry([ReadLines.self, FindFigures.self])
    do {
      // All faults of the file at once, with their lines, and with what was probably meant.
      let pipeline = try PipelineFile(registry: registry).load(arguments[1])
      let document = try await PipelineRunner(pipeline).run(SourceContent(path: arguments[2]))
      for field in document.record?.fields ?? [] {
        guard case .line(let line, let columns)? = field.provenance?.places.first else { continue }
        print("\(field.pointer)\t\(field.provenance?.raw ?? "")\tline \(line), columns \(columns)")
      }
      for diagnostic in document.diagnostics { print("\(diagnostic.severity): \(diagnostic.message)") }
    } catch { print("\(error)") }
  }
}
