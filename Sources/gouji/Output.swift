import DocumentModel
import Foundation
import PipelineKit

/// A result that could not be written.
struct OutputError: Error, CustomStringConvertible {
  var description: String
}

/// Where a result goes: standard output for `-`, else a file that appears whole or not at all.
///
/// What is there and no regular file, such as a pipe or `/dev/null`, is written to and not replaced.
struct Output {
  var path: String

  /// Writes the value and a line end.
  ///
  /// - Throws: ``OutputError``.
  func write(_ value: JSONValue) throws {
    let data = Data(value.encoded(isPretty: true) + [UInt8(ascii: "\n")])
    do {
      if path == "-" {
        try FileHandle.standardOutput.write(contentsOf: data)
      } else {
        let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        let isReplaceable = kind == nil || kind == .typeRegular
        try data.write(to: URL(filePath: path), options: isReplaceable ? .atomic : [])
      }
    } catch {
      let name = path == "-" ? "standard output" : path
      throw OutputError(description: "\(name): cannot be written (\(error.localizedDescription))")
    }
  }
}
