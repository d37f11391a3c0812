import DocumentModel
import FoundationEssentials
import PipelineKit

extension Read {
  /// Reads a document of which an office program makes a Word file first, where the run asks for it.
  ///
  /// - Throws: ``ReadingError`` with the code `media.unsupported`, `converter.missing`, `converter.failed` or
  ///   `converter.timeout`, or what the Word file is refused for.
  func readConverted(
    _ bytes: Data, as name: String, ending: String, into document: inout Document, in context: StageContext
  ) throws {
    let uri = context.content.uri
    guard let program = context.request.converter else {
      throw ReadingError(
        "media.unsupported",
        "\(uri) looks like \(name), which cannot be read; save it as DOCX or PDF, or have it converted (--convert)")
    }
    guard let converter = OfficeConverter.installed else {
      throw ReadingError(
        "converter.missing",
        "\(uri) looks like \(name), and there is no LibreOffice to convert it: \(OfficeConverter.advice)")
    }
    let converted: Data
    switch try converter.wordFile(of: bytes, ending: ending, timeout: options.conversionTimeout) {
    case .made(let file): converted = file
    case .failed(let why):
      throw ReadingError("converter.failed", "\(converter.path) cannot convert \(uri), \(name): \(why)")
    case .tooLarge: throw ReadingError("limit.output", "\(converter.path) made a file of \(uri) that is too large")
    case .tooSlow:
      throw ReadingError(
        "converter.timeout",
        "\(converter.path) did not convert \(uri) within \(options.conversionTimeout) seconds ('conversionTimeout')")
    }
    guard MediaType(of: converted) == .docx else {
      throw ReadingError("converter.failed", "what \(converter.path) made of \(uri) is no Word file")
    }
    if !ConfinedProgram.isHeldToFiles {
      document.diagnostics.append(
        Diagnostic(
          "converter.unbound", .warning,
          "this system has no Landlock, which would have held LibreOffice to the files that it needs"))
    }
    try readDOCX(converted, into: &document, named: "\(uri), converted,")
    document.diagnostics.append(
      Diagnostic(
        "input.converted", .info,
        "the document is \(name); \(program) made a Word file (DOCX) of it, which was read: places are in that file"))
  }
}
