import BulkRunning
import Foundation
import Testing

/// Archives that were made to do harm, of a collection that is not part of this checkout.
@Suite struct `Hostile archives` {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpus/archives").path
  private static let isHere = FileManager.default.fileExists(atPath: folder + "/index.json")

  /// For each archive how many of its lines come to which end: `ok`, or a reason.
  private static let record = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "hostile-archives.json")

  @Test(.enabled(if: isHere, "there is no ../shared/corpus/archives"))
  func `Every entry of every one comes to the end that is known`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0 != "index.json" }
    let ends = Dictionary(uniqueKeysWithValues: try names.map { ($0, try Self.ends(of: $0)) })
    if ProcessInfo.processInfo.environment["GOUJI_RECORD_GOLDENS"] != nil {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      try encoder.encode(ends).write(to: Self.record)
      Issue.record("recorded anew; look at the difference")
    }
    let known = try JSONDecoder().decode([String: [String: Int]].self, from: try Data(contentsOf: Self.record))
    #expect(Set(names) == Set(known.keys))
    for name in names { #expect(ends[name] == known[name], "\(name)") }
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
