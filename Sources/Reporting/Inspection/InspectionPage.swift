public import DocumentModel
import FoundationEssentials
import PipelineKit

/// One HTML page that shows a document, what was found in it and why, and needs nothing else: no network, no server.
///
/// ```
/// index.html  ──  policy (hashes of style and script)  ·  style.css  ·  strings.json  ·  data  ·  *.js
/// ```
///
/// What comes from the document is in the page as JSON only, and is put on it as text by the script. The policy forbids
/// everything but this style, this script and pictures in the page itself (Content Security Policy, level 2).
public enum InspectionPage {
  /// The page as UTF-8.
  ///
  /// - Parameter data: as ``InspectionFormat`` gives it.
  public static func html(_ data: JSONValue) -> [UInt8] {
    let style = PackageResources.style_css
    let script = [
      PackageResources.labels_js, PackageResources.model_js, PackageResources.marks_js, PackageResources.paper_js,
      PackageResources.text_js, PackageResources.record_js, PackageResources.lists_js, PackageResources.detail_js,
      PackageResources.corrections_js, PackageResources.main_js,
    ].reduce(into: Array("'use strict';\n".utf8)) { $0 += $1 }
    let parts: [String: [UInt8]] = [
      "policy": Array(policy(style: style, script: script).utf8), "style": style, "script": script,
      "strings": inScript(PackageResources.strings_json), "data": inScript(data.encoded()),
    ]
    var page: [UInt8] = []
    page.reserveCapacity(parts.values.reduce(PackageResources.index_html.count) { $0 + $1.count })
    for (index, part) in String(decoding: PackageResources.index_html, as: UTF8.self).split(separator: "@@")
      .enumerated()
    {
      // Text and the names of parts take turns.
      page += index.isMultiple(of: 2) ? Array(part.utf8) : parts[String(part)] ?? []
    }
    return page
  }

  /// Nothing but what is in the page, byte for byte.
  private static func policy(style: [UInt8], script: [UInt8]) -> String {
    """
    default-src 'none'; img-src data:; style-src '\(policySource(of: style))'; script-src '\(policySource(of: script))'; \
    base-uri 'none'; form-action 'none'
    """
  }

  /// JSON in which nothing can end the element that it stands in; a `<` is only ever in a string.
  private static func inScript(_ json: [UInt8]) -> [UInt8] {
    var escaped: [UInt8] = []
    escaped.reserveCapacity(json.count)
    for byte in json {
      if byte == UInt8(ascii: "<") { escaped += "\\u003c".utf8 } else { escaped.append(byte) }
    }
    return escaped
  }
}

/// Base64 (RFC 4648).
func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

/// The hash of a style or a script, as policies have it (Content Security Policy, level 2).
func policySource(of bytes: [UInt8]) -> String {
  let digits = Array(Digest.sha256(of: bytes).utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
  let digest = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  return "sha256-\(base64(digest))"
}
