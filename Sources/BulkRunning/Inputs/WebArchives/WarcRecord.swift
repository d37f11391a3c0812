/// A record of a web archive (ISO 28500, WARC 0.17 to 1.1): its fields, and its block still to be read.
struct WarcRecord {
  /// The record's own.
  var fields: HeaderFields
  /// Those of the answer in it; nil where the block is the document.
  var answer: HeaderFields?
  /// What follows: the body of the answer, or the block.
  var body: ByteReader
  /// How many bytes that is, as the record says.
  var bodyLength: Int

  /// Whether it is about a document at all, and not a request or a note on the crawl.
  var isOfDocument: Bool {
    guard let type = fields["warc-type"]?.lowercased() else { return false }
    guard ["response", "resource", "revisit", "conversion", "continuation"].contains(type) else { return false }
    let target = targetURI?.lowercased() ?? ""
    return !target.hasPrefix("dns:") && !target.hasPrefix("whois:")
  }

  /// What it was fetched from; some write it in angle brackets.
  var targetURI: String? {
    fields["warc-target-uri"].map { $0.hasPrefix("<") && $0.hasSuffix(">") ? String($0.dropFirst().dropLast()) : $0 }
  }

  /// When it was fetched.
  var date: String? { fields["warc-date"] }

  /// The id of the record.
  var recordID: String? { fields["warc-record-id"] }

  /// The digest of the body as it was sent.
  var payloadDigest: String? { fields["warc-payload-digest"] }

  /// Why there is no document in it; told without reading the body.
  var failure: BulkError? {
    switch fields["warc-type"]?.lowercased() {
    case "revisit": return BulkError("warc.revisit", "the same as what was fetched before; the record has no body")
    case "continuation": return BulkError("warc.segmented", "a document in several records")
    default: break
    }
    if let reason = fields["warc-truncated"] { return BulkError("warc.truncated", "the crawler cut it: \(reason)") }
    if fields["warc-segment-number"] != nil { return BulkError("warc.segmented", "a document in several records") }
    guard let answer else { return nil }
    let status = answer.firstLine.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    if status == "206" { return BulkError("warc.truncated", "a part of a document (status 206)") }
    guard status.count == 3, status.hasPrefix("2") else {
      return BulkError("warc.status", "the server answered with the status \(status.isEmpty ? "none" : status)")
    }
    return nil
  }

  /// The encoding that the server, or the crawler, said that the text has; nil where it said none.
  var charset: String? {
    guard let type = answer == nil ? fields["content-type"] : answer?["content-type"] else { return nil }
    for parameter in type.split(separator: ";").dropFirst() {
      let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { !" \t\"'".contains($0) } }
      if parts.count == 2, parts[0].lowercased() == "charset", !parts[1].isEmpty { return parts[1].lowercased() }
    }
    return nil
  }

  /// The bytes of the document, where the archive says so plainly.
  var documentLength: Int? {
    answer?["transfer-encoding"] == nil && answer?["content-encoding"] == nil ? bodyLength : nil
  }
}
