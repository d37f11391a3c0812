import DocumentModel
import PipelineKit

extension DocumentChecker {
  /// Whether the body that is said to have written the report is the one in its title.
  ///
  /// One name abbreviates the other where it is the same. It fails only where a name says its area and the two have no
  /// two letters in a row in common: an office may well write for its government. Nothing is asked where nobody is named.
  func authorCheck() -> Check? {
    guard let rule = rules.author else { return nil }
    var check = Check(
      id: rule.id, instance: "document", status: .notAssessable, severity: rule.severity,
      message: "the body that the text says wrote the report is the one that reports", pointers: ["/organisation"])
    let named = passages.lazy.compactMap { passage -> String? in
      let text = passage.block.text.folded
      return rule.pattern.firstMatch(in: text)?["body"].map { String(text[$0]) }
    }.first
    guard let named else { return nil }
    guard let organisation, named != organisation || value("/title") != .null else { return check }
    (check.left, check.right) = (.string(named), .string(organisation))
    if Scope.abbreviates(named, organisation) || Scope.abbreviates(organisation, named) {
      check.status = .pass
    } else if rule.area.matches(named), !Self.sharePair(named, organisation) {
      check.status = .fail
    }
    return check
  }

  private static func sharePair(_ one: String, _ other: String) -> Bool {
    zip(one, one.dropFirst()).contains { other.contains("\($0)\($1)") }
  }
}
