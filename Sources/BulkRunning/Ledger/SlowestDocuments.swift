import DocumentModel

/// The documents that took a run the longest, from the request to the answer.
///
/// `[{"id":"a.pdf","seconds":41.3},…]`, the slowest first.
struct SlowestDocuments {
  /// How many are kept.
  static let most = 20

  private var entries: [(id: String, seconds: Double)] = []

  /// Those that an earlier run noted; none where it noted none.
  init(_ json: JSONValue?) {
    guard case .array(let elements)? = json else { return }
    for element in elements {
      guard case .string(let id)? = element["id"] else { continue }
      switch element["seconds"] {
      case .number(let seconds)?: add(id, seconds: seconds)
      case .integer(let seconds)?: add(id, seconds: Double(seconds))
      default: break
      }
    }
  }

  /// Notes a document, of which the slowest attempt counts.
  mutating func add(_ id: String, seconds: Double) {
    guard entries.count < Self.most || seconds > entries[entries.count - 1].seconds else { return }
    if let known = entries.firstIndex(where: { $0.id == id }) {
      guard seconds > entries[known].seconds else { return }
      entries.remove(at: known)
    }
    entries.insert((id, seconds), at: entries.firstIndex { $0.seconds < seconds } ?? entries.count)
    if entries.count > Self.most { entries.removeLast() }
  }

  /// As `run.json` has them.
  var json: JSONValue {
    .array(entries.map { ["id": .string($0.id), "seconds": .number(($0.seconds * 100).rounded() / 100)] })
  }
}
