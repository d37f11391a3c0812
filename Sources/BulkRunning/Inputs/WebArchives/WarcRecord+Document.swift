import DocumentModel

extension WarcRecord {
  /// What the record was about, and what was odd.
  struct Document {
    var bytes: [UInt8]
    var diagnostics: [Diagnostic]
  }

  /// Reads the body and makes it into the document that was asked for.
  ///
  /// - Throws: ``BulkError``; also what ``failure`` says.
  func document(limits: InputLimits) throws(BulkError) -> Document {
    if let failure { throw failure }
    let raw = try body.all(limit: limits.entryBytes, expected: bodyLength)
    guard raw.count == bodyLength else { throw BulkError("warc.truncated", "the file ends within the record") }
    var diagnostics: [Diagnostic] = []
    if let text = payloadDigest {
      if let digest = PayloadDigest(text) {
        // Some crawlers take the digest of the body as it came, some without its chunks.
        let isRight = digest.matches(raw) || PayloadDecoding.joined(chunks: raw).map { digest.matches($0) } ?? false
        if !isRight {
          diagnostics.append(
            Diagnostic("warc.digest_wrong", .warning, "the record's digest of the document is not that of its bytes"))
        }
      } else {
        diagnostics.append(
          Diagnostic(
            "warc.digest_unknown", .info, "the record's digest of the document could not be checked: \(text.prefix(20))"
          ))
      }
    }
    guard let answer else { return Document(bytes: raw, diagnostics: diagnostics) }
    return Document(
      bytes: try PayloadDecoding(limits: limits).document(raw, answer: answer), diagnostics: diagnostics)
  }

  /// The first bytes of the document, as far as they can be told; the body stays as it is.
  func head(limits: InputLimits) throws(BulkError) -> [UInt8] {
    let raw = Array(try body.peek(1 << 11))
    guard let answer else { return raw }
    do {
      return try PayloadDecoding(limits: limits).document(raw, answer: answer, isPrefix: raw.count < bodyLength)
    } catch {
      return raw
    }
  }
}
