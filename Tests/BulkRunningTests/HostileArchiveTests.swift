import BulkRunning
import Foundation
import Testing

/// Archives that were made to do harm, of a collection that is not part of this checkout.
@Suite struct `Hostile archives` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpus/archives").path
  private static let isHere = FileManager.default.fileExists(atPath: folder + "/index.json")

  /// For each archive how many of its lines come to which end: `ok`, or a reason.
  private static let expected: [String: [String: Int]] = [:]

  @Test(.enabled(if: isHere, "there is no ../shared/corpus/archives"), arguments: expected.keys.sorted())
  func `Every entry comes to the end that is known`(name: String) throws {
    #expect(try Self.ends(of: name) == Self.expected[name])
  }

  @Test(.enabled(if: isHere, "there is no ../shared/corpus/archives"))
  func `All of them are known`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0 != "index.json" }
    #expect(Set(names) == Set(Self.expected.keys))
  }

  private static func ends(of name: String) throws -> [String: Int] {
    let listed = try Listed(folder + "/" + name)
    let reader = ContainerReader()
    return Dictionary(
      listed.lines.map { line in
        if let reason = line.reason { return (reason, 1) }
        do {
          _ = try reader.content(at: line.address)
          return ("ok", 1)
        } catch { return ((error as? BulkError)?.code ?? "\(error)", 1) }
      }, uniquingKeysWith: +)
  }
}
