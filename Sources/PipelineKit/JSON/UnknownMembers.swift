import DocumentModel

/// Members that are written and that nothing reads: a misspelt name must not be passed over.
enum UnknownMembers {
  /// Where `found` has a member that `understood` lacks, such as `tables[0].cells[3].captoin`; nil where it has none.
  ///
  /// Of both, `understood` is what was made of `found` and written again: what is left out there because it says nothing, a
  /// null or a form of a text that is like the printed one, is no unknown member.
  static func first(in found: JSONValue, beyond understood: JSONValue, at path: String = "") -> String? {
    switch (found, understood) {
    case (.object(let members), .object):
      return members.lazy.compactMap { member in
        let place = path.isEmpty ? member.key : "\(path).\(member.key)"
        guard let other = understood[member.key] else {
          return member.value == .null || mayBeLeftOut.contains(member.key) ? nil : place
        }
        return first(in: member.value, beyond: other, at: place)
      }.first
    case (.object(let members), .string):
      let stray = members.first { $0.value != .null && $0.key != "raw" && !mayBeLeftOut.contains($0.key) }
      return stray.map { path.isEmpty ? $0.key : "\(path).\($0.key)" }
    case (.array(let elements), .array(let others)):
      return zip(elements, others).enumerated().lazy.compactMap { index, pair in
        first(in: pair.0, beyond: pair.1, at: "\(path)[\(index)]")
      }.first
    default: return nil
    }
  }

  /// Forms of a text, and the mark of an absent row, which are not written where they say nothing.
  private static let mayBeLeftOut: Set<String> = ["shown", "folded", "shown_offsets", "folded_offsets", "absent"]
}

extension LayerFormat {
  /// Where `found`, from which the layer of `document` was read, has a member that no layer has; nil where it has none.
  ///
  /// - Throws: ``PipelineError`` with code `json.invalid`.
  static func unknownMember(of layer: Layer, in found: JSONValue, readAs document: Document) throws -> String? {
    guard let understood = encoded(layer, of: document) else { return nil }
    return UnknownMembers.first(in: found, beyond: try JSONValue(json: understood), at: layer.rawValue)
  }
}
