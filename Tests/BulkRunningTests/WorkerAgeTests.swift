import DocumentModel
import Foundation
import Testing

@testable import BulkRunning

@Suite struct `Age of workers` {
  /// After the way to the first document, that one and others.
  private func age(way: Double, _ seconds: [Double]) -> WorkerAge {
    var age = WorkerAge()
    for (index, time) in seconds.enumerated() { age.add(seconds: time, way: index == 0 ? way : 0.01) }
    return age
  }

  @Test func `One is replaced after its share of documents, however long the first one took`() {
    #expect(!age(way: 0, [100] + Array(repeating: 0.01, count: 498)).isOver(after: 500, most: 60_000))
    #expect(age(way: 0, [100] + Array(repeating: 0.01, count: 499)).isOver(after: 500, most: 60_000))
  }

  @Test func `One that was long on its way into an archive stays until that was worth it`() {
    let quick = Array(repeating: 0.01, count: 999)
    #expect(!age(way: 10, [10] + quick).isOver(after: 500, most: 60_000))
    #expect(age(way: 10, [10] + Array(repeating: 0.25, count: 950)).isOver(after: 500, most: 60_000))
    // But not for so long that the system ends it.
    #expect(age(way: 10, [10] + quick).isOver(after: 500, most: 15))
  }

  @Test func `To get at a document in an archive takes longer the longer the archive is`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "gouji-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(count: 5_000_000).write(to: URL(filePath: path))
    let address = DocumentAddress(path: path)
    var reach = ArchiveReach()
    #expect(reach.seconds(to: address.appending(.entry(7)).json) == 0.5)
    #expect(reach.seconds(to: address.json) == 0)
    #expect(reach.seconds(to: address.appending(.range(offset: 1, length: 2)).json) == 0)
    #expect(reach.seconds(to: DocumentAddress(path: path + "-gone").appending(.entry(1)).json) == 0)
    #expect(reach.seconds(to: ["nonsense": 1]) == 0)
  }
}
