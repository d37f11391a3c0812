public import Foundation

/// A file that holds what a result looked like when a person last agreed with it.
///
/// A result that differs is a failure that shows the lines. With `GOUJI_RECORD_GOLDENS=1` the file is written anew, and
/// the run fails once all the same, so that a new golden is a decision and not an accident.
public struct Golden: Sendable {
  private let file: URL
  private let isRecording: Bool

  /// The golden in `file`.
  public init(_ file: URL) {
    self.file = file
    isRecording = ProcessInfo.processInfo.environment["GOUJI_RECORD_GOLDENS"] == "1"
  }

  /// What the file holds; `nil` where there is none.
  public var recorded: String? {
    FileManager.default.contents(atPath: file.path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What a person has to look at; `nil` when `text` is what the file holds.
  ///
  /// - Throws: an error of Foundation where the file cannot be written.
  public func difference(from text: String) throws -> String? {
    let name = file.pathComponents.suffix(2).joined(separator: "/")
    let recorded = recorded
    if recorded == text { return nil }
    if isRecording {
      try Data(text.utf8).write(to: file, options: .atomic)
      return "\(name) was recorded anew; look at it with git diff, then run without GOUJI_RECORD_GOLDENS"
    }
    guard let recorded else { return "\(name) is missing; record it with GOUJI_RECORD_GOLDENS=1" }
    return "\(name) differs:\n" + lineDifference(from: recorded, to: text).joined(separator: "\n")
  }
}

/// The lines that are gone (`-`) and new (`+`), with their numbers, in the order of the text.
public func lineDifference(from old: String, to new: String) -> [String] {
  let (before, after) = (lines(old), lines(new))
  let changes = after.difference(from: before)
  var gone: [Int: String] = [:]
  var added: [Int: String] = [:]
  for case .remove(let offset, let line, _) in changes { gone[offset] = line }
  for case .insert(let offset, let line, _) in changes { added[offset] = line }
  var result: [String] = []
  var (left, right) = (0, 0)
  while left < before.count || right < after.count {
    if let line = gone[left] {
      result.append("- \(left + 1): \(line)")
      left += 1
    } else if let line = added[right] {
      result.append("+ \(right + 1): \(line)")
      right += 1
    } else {
      left += 1
      right += 1
    }
  }
  return result
}

private func lines(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
}
