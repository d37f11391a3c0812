import BulkRunning
import DocumentModel
import Logging
import PipelineKit
import Reporting

/// What a jailed worker does with a document.
struct DocumentWork {
  let pipeline: Pipeline
  private let identity: PipelineIdentity
  private let logger: Logger
  private let makesRecords: Bool
  private let kept: Set<Layer>
  private let request: RunRequest

  /// Of the pipeline with the files that it names as they are now.
  ///
  /// - Parameters:
  ///   - kept: layers that go with the result.
  ///   - password: that of documents that are encrypted.
  init(_ pipeline: Pipeline, kept: Set<Layer>, password: String?, logger: Logger) {
    self.pipeline = pipeline
    self.kept = kept
    self.request = RunRequest(password: password)
    self.logger = logger
    identity = pipeline.identity
    makesRecords = pipeline.steps.contains { $0.contract.writes.contains(.record) }
  }

  /// The result for a document, or why there is none.
  ///
  /// - Throws: `SystemError` where nobody listens.
  func reply(to request: BulkRequest, on worker: JailedWorker) async throws -> WorkerReply {
    do {
      let content = try worker.open(request).content(id: request.id)
      let source = content.document().source
      // What was odd about the archive is said of this document alone.
      if content.diagnostics.isEmpty, try worker.isKnown(source.sha256) {
        return WorkerReply(.known, payload: source.json.encoded())
      }
      let pageNotice = worker.beginsPage
      let document = try await PipelineRunner(pipeline, logger: logger).run(content, request: self.request) {
        try worker.begins($0)
      } beginsPage: {
        try pageNotice($0)
      }
      return reply(document)
    } catch let error as SystemError {
      throw error
    } catch {
      let failure = error as? StageFailure
      let code = failure?.code ?? (error as? any CodedError)?.code ?? "stage.failed"
      return failed(code, stage: failure?.stage, "\(failure?.underlying ?? error)")
    }
  }

  private func reply(_ document: Document) -> WorkerReply {
    if let missing = document.diagnostics.first(where: { $0.code == "pdf.no_text" }) {
      return failed(missing.code, missing.message)
    }
    let error = document.diagnostics.first { $0.severity == .error }
    guard makesRecords else {
      return WorkerReply(
        error == nil ? .complete : .partial, reason: error?.code,
        payload: payload(TablesFormat.json(document), document))
    }
    // A page of a crawl that is something else. Of a scan that is not known: it may be read badly.
    if document.holdsNothingOfTheRecord, !document.diagnostics.contains(where: { $0.code == "ocr.recognised" }) {
      return failed("record.incomplete", pipeline.findsNothing)
    }
    let status = document.record?.status ?? .partial
    if status == .failed { return failed(error?.code ?? "record.incomplete", error?.message ?? "there is no record") }
    let record = RecordFormat.json(
      document, pipeline: identity, generator: SharedOptions.generator)
    return WorkerReply(
      status == .complete ? .complete : .partial,
      reason: status == .complete ? nil : error?.code ?? "record.incomplete",
      payload: payload(record, document))
  }

  /// The result in one line, with the layers that are kept as a member `document` at its end.
  private func payload(_ result: JSONValue, _ document: Document) -> [UInt8] {
    let line = result.encoded()
    guard !kept.isEmpty else { return line }
    var document = document
    // It may be copied for the same contents at another place.
    document.source.uri = ""
    let layers = DocumentFormat(document, layers: kept.filter(document.has), after: pipeline.steps.last?.id ?? "")
    return line.dropLast() + Array(#","document":"#.utf8) + layers.line + [UInt8(ascii: "}")]
  }

  private func failed(_ code: String, stage: String? = nil, _ message: String) -> WorkerReply {
    WorkerReply(
      .failed, reason: code, stage: stage,
      payload: (["message": .string(String(message.prefix(1000)))] as JSONValue).encoded())
  }
}
