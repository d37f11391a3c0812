import BulkRunning
import DocumentModel
import Foundation
import Subprocess
import Testing

/// A folder that Python fills with what a test needs, and that is there while `body` runs.
func withInputs(_ script: String, _ body: (String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "gouji-inputs-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let prelude = """
    import bz2, gzip, io, lzma, os, struct, tarfile, zipfile, zlib
    def tar(files, mode="w", **more):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode, **more) as t:
            for name, data in files:
                info = tarfile.TarInfo(name); info.size = len(data); t.addfile(info, io.BytesIO(data))
        return out.getvalue()
    def zip_(files, method=zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as z:
            for name, data in files: z.writestr(name, data)
        return out.getvalue()
    def write(name, data):
        open(name, "wb").write(data)

    """
  try await run("python3", "-c", prelude + script, in: folder.path)
  try await body(folder.path)
}

/// Runs a program that must succeed.
func run(_ words: String..., in folder: String) async throws {
  let result = try await Subprocess.run(
    .name("env"), arguments: Arguments(["-C", folder] + words), output: .discarded, error: .string(limit: 1 << 16))
  try #require(result.terminationStatus == .exited(0), "\(words[0]): \(result.standardError)")
}

/// What a listing gave.
struct Listed {
  var lines: [ManifestLine] = []
  var faults: [BulkError] = []
  var notices: [String] = []

  /// Of each line the id, without the folder, and what is wrong with it.
  var summary: [String] {
    lines.map { line in
      let id = line.id.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? line.id
      return id + (line.reason.map { " \($0)" } ?? "")
    }
  }

  init(
    _ inputs: String..., limits: InputLimits = InputLimits(), password: String? = nil, comparesIDs: Bool = false
  ) throws {
    var lines: [ManifestLine] = []
    var faults: [BulkError] = []
    var notices: [String] = []
    let listing = InputListing(limits: limits, password: password, comparesIDs: comparesIDs) {
      lines.append($0)
    } fault: {
      faults.append($0)
    } notice: {
      notices.append("\($0.code): \($0.message)")
    }
    for input in inputs { try listing.list(input) }
    (self.lines, self.faults, self.notices) = (lines, faults, notices)
  }

  /// Opens each document in order by one reader: its text, or the reason why there is none.
  func opened(by reader: ContainerReader) -> [String] {
    lines.map { line in
      if let reason = line.reason { return reason }
      do {
        // What a worker is given is a line, not a value.
        let address = try ManifestLine(json: line.json.line).address
        #expect(address == line.address)
        return String(decoding: try reader.content(at: address).bytes.prefix(40), as: UTF8.self)
      } catch { return (error as? BulkError)?.code ?? "\(error)" }
    }
  }
}
