import PipelineKit

/// A record cut down, as a text, to what a ``ResultsOverview`` counts: most of its length are the places of figures and what
/// checks compared, and to read all that takes longer than everything else that is done for the page.
enum RecordOutline {
  /// Of a line of results; nil where it is no object.
  static func text(of line: ArraySlice<UInt8>) -> [UInt8]? {
    JSONMembers(line)?.text { member in
      switch member.name {
      case "data": JSONMembers(member.value)?.text { $0.name != "sections" }[...] ?? member.value
      case "provenance": states(member.value)?[...] ?? member.value
      case "checks": JSONElements(member.value)?.text(outcome)[...] ?? member.value
      default: member.value
      }
    }
  }

  /// Of what is known about each value, the state.
  private static func states(_ provenance: ArraySlice<UInt8>) -> [UInt8]? {
    JSONMembers(provenance)?.text { known in
      JSONMembers.value(of: "state", in: known.value).map { (stateOpening + $0 + closing)[...] } ?? known.value
    }
  }

  /// Of a check that did not fail, which one it is and how it ended.
  private static func outcome(of check: ArraySlice<UInt8>) -> [UInt8] {
    guard let id = JSONMembers.value(of: "id", in: check), let status = JSONMembers.value(of: "status", in: check),
      !status.elementsEqual(failed)
    else { return Array(check) }
    return idOpening + id + statusOpening + status + closing
  }

  private static let failed = Array("\"fail\"".utf8)
  private static let stateOpening = Array("{\"state\":".utf8)
  private static let idOpening = Array("{\"id\":".utf8)
  private static let statusOpening = Array(",\"status\":".utf8)
  private static let closing = Array("}".utf8)
}
