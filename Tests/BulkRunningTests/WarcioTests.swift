import BulkRunning
import DocumentModel
import Foundation
import PipelineKit
import Subprocess
import Testing

/// The same web archives through warcio, the reader of the field, and through this one.
@Suite struct `Web archives as warcio reads them` {
  private struct Record: Decodable {
    var type: String
    var uri: String?
    var id: String
    var date: String
    var payload: String?
    var status: String?
    var document: String?
    var offset: Int
    var length: Int

    /// Why it gives no document.
    var reason: String? {
      if type == "revisit" { return "warc.revisit" }
      return status?.hasPrefix("2") == false ? "warc.status" : nil
    }
  }

  /// A Python that has warcio; nil where it cannot be had.
  private static let python: String? = {
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "warcio-1.8.1")
    let python = folder.appending(path: "bin/python").path
    let steps = [
      [python, "-c", "import brotli, os, warcio, sys; os.stat(sys.prefix + '/sample_archive/warcs')"],
      ["python3", "-m", "venv", folder.path],
      // pywb brings the archives that its tests and those of warcio share; it is not run.
      [python, "-m", "pip", "install", "-q", "--no-deps", "warcio==1.8.1", "six", "brotli==1.1.0", "pywb==2.10.0"],
    ]
    for (index, words) in steps.enumerated() {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = words
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      do { try process.run() } catch { return nil }
      process.waitUntilExit()
      if (process.terminationStatus == 0) == (index != 1) { return index == 1 ? nil : python }
    }
    return nil
  }()

  private static let collection = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/corpus/archives").path

  private func records(_ words: [String]) async throws -> [Record] {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "warcio_records.py").path
    let result = try await Subprocess.run(
      .name("env"), arguments: Arguments([try #require(Self.python), script] + words),
      output: .data(limit: 1 << 24), error: .string(limit: 1 << 16))
    try #require(result.terminationStatus == .exited(0), "\(result.standardError)")
    return try result.standardOutput.split(separator: 0x0A).map { try JSONDecoder().decode(Record.self, from: $0) }
  }

  /// Every record about a document has a line with its place and headers, and opens to the same bytes.
  ///
  /// - Parameter unreadable: how many documents are withheld for what is found when they are opened.
  private func compare(_ path: String, with records: [Record], unreadable: Int = 0) throws {
    let documents = records.filter {
      !["warcinfo", "request", "metadata"].contains($0.type) && $0.uri?.hasPrefix("dns:") != true
    }
    let listed = try Listed(path)
    let reader = ContainerReader()
    var faults = 0
    try #require(listed.lines.count == documents.count)
    for (line, record) in zip(listed.lines, documents) {
      #expect(line.address.steps == [.range(offset: record.offset, length: record.length)])
      #expect(line.targetURI == record.uri && line.recordID == record.id && line.date == record.date)
      #expect(line.reason == record.reason, "\(record.uri ?? "")")
      guard line.reason == nil else { continue }
      do {
        let document = try reader.content(at: line.address)
        #expect(RawDigest.sha1(document.bytes) == record.document)
        #expect(document.member?.digest == record.payload && document.diagnostics.isEmpty)
      } catch { faults += 1 }
    }
    #expect(faults == unreadable)
  }

  @Test(
    .enabled(if: python != nil, "warcio is not here and cannot be fetched"),
    arguments: ["new.warc", "new.warc.gz", "old.warc", "old.warc.gz"])
  func `What warcio writes is read the same`(name: String) async throws {
    try await withInputs("") { folder in
      let path = folder + "/" + name
      try compare(path, with: try await records(["write", path]))
    }
  }

  /// Written by wget, wpull, the crawlers of web archives and by hand; damaged ones are not among them.
  @Test(
    .enabled(if: python != nil, "warcio is not here and cannot be fetched"),
    arguments: [
      "dupes.warc.gz", "example.warc.gz", "example2.warc.gz", "example-url-agnostic-orig.warc.gz",
      "example-url-agnostic-revisit.warc.gz", "example-wget-1-14.warc.gz", "example-wpull.warc.gz",
      "httpbin-resource.warc.gz", "iana.warc.gz", "post-test.warc.gz",
    ])
  func `Archives that readers are tested with are read the same`(name: String) async throws {
    let folder = URL(filePath: try #require(Self.python)).deletingLastPathComponent().deletingLastPathComponent()
    let path = folder.appending(path: "sample_archive/warcs/" + name).path
    let records = try await records([path])
    try #require(!records.isEmpty)
    try compare(path, with: records)
  }

  @Test(
    .enabled(if: python != nil, "warcio is not here and cannot be fetched"),
    .enabled(if: FileManager.default.fileExists(atPath: collection), "there is no ../shared/corpus/archives"))
  func `A crawl with everything that crawls have is read the same`() async throws {
    let path = Self.collection + "/crawl.warc.gz"
    // A bomb.
    try compare(path, with: try await records([path]), unreadable: 1)
  }
}

/// SHA-1 in hexadecimal.
private enum RawDigest {
  static func sha1(_ bytes: Data) -> String {
    Digest.bytes(of: Array(bytes), .sha1).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
