import ArgumentParser
import DocumentModel
import FoundationEssentials
import Glibc
import Logging
import PipelineKit
import Reading
import Reporting

/// `gouji inspect`: one document as a page to look at.
struct InspectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Show a document, and what was found in it and why, as one HTML page.",
    discussion: """
      The page needs no network and no server: open it in any browser. It shows the pages with what every stage found laid
      over them, the record beside them, failed checks with their equations, and writes a file of corrections. Press '?' on
      it for the keys. Language and colours are those of the browser.
      """
  ).ofGouji

  @OptionGroup var run: DocumentRun

  @Option(name: .shortAndLong, help: "A pipeline by name, or the path of a pipeline file.")
  var pipeline = "annual-report"

  @OptionGroup var overlay: CorrectionOptions

  @Flag(inversion: .prefixedNo, help: "Draw the pages; without pictures the page is small.")
  var pictures = true

  @Option(help: ArgumentHelp("The most kilobytes of a page's picture.", valueName: "kb"))
  var pictureLimit = 150

  func validate() throws {
    if pictureLimit <= 0 { throw ValidationError("'--picture-limit' must be above 0") }
    if run.output == "-", isatty(STDOUT_FILENO) == 1 {
      throw ValidationError("a page is of no use on a terminal; write it to a file with -o FILE.html")
    }
  }

  func run() async throws {
    let pipeline = try run.shared.pipeline(pipeline)
    let labelFile = URL(filePath: try run.shared.library.path(of: self.pipeline)).deletingLastPathComponent()
      .appending(path: "labels.yaml").path
    try run.refuseToWriteOver(pipeline, named: self.pipeline, overlay.corrections + [labelFile])
    let labels = try labels(in: labelFile)
    DocumentRun.endProgramsWhenStopped(of: pipeline)
    var trace = StageTrace([])
    var drawn: [Int: PagePicture] = [:]
    _ = try await run.document(corrections: try overlay.corrections(for: pipeline)) { content, request in
      trace = try await StageTrace(of: pipeline, over: content, request: request, logger: run.shared.logger)
      guard let last = trace.states.last?.document else { return content.document() }
      drawn = try pictures ? pictures(of: last.pages ?? [], in: content) : [:]
      return last
    }
    let data = InspectionFormat(trace, pictures: drawn).json(
      pipeline: pipeline.name, fingerprint: pipeline.fingerprint, generator: SharedOptions.generator, labels: labels)
    try Output(path: run.output).write(InspectionPage.html(data))
  }

  /// What the file beside a pipeline file, where there is one, calls the keys of its records.
  private func labels(in file: String) throws -> [String: [String: String]] {
    FileManager.default.fileExists(atPath: file) ? try decodeYAML(at: file) : [:]
  }

  /// Pictures of the pages; without the library that draws them the page shows the characters alone, and it is said.
  private func pictures(of pages: [Page], in content: SourceContent) throws -> [Int: PagePicture] {
    guard !pages.isEmpty else { return [:] }
    do {
      return try PDFPictures().pictures(
        of: content, pages: pages.map(\.number), password: run.password.value, limit: pictureLimit * 1000)
    } catch let error as ReadingError {
      run.shared.logger.warning("\(run.input): the pages are not drawn: \(error) [\(error.code)]")
      return [:]
    }
  }
}
