import DocumentModel
import Foundation
import Logging
import PipelineKit
import Reading

/// What the stage `read` makes of `bytes`.
func read(
  _ bytes: Data, reader: PDFReader = .tap, pages: PageSelection? = nil, password: String? = nil,
  glyphLimit: Int = 1_000_000, _ change: (inout Read.Options) -> Void = { _ in }
) async throws -> Document {
  var options = Read.Options()
  change(&options)
  options.pdfReader = reader
  options.glyphLimit = glyphLimit
  let content = SourceContent(uri: "test", bytes: bytes)
  var document = content.document()
  let context = StageContext(
    stage: "read", content: content, request: RunRequest(pages: pages, password: password),
    logger: Logger(label: "test"))
  try await Read(options: options).run(&document, in: context)
  return document
}

extension Page {
  /// The scalars of its glyphs, in their order.
  var text: String {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: glyphs.map(\.scalar))
    return String(scalars)
  }
}

extension Document {
  var codes: [String] { diagnostics.map(\.code) }
}
