import ArgumentParser
import DocumentModel
import FoundationEssentials
import Logging
import PipelineKit
import Reporting

/// `gouji diff`: what is not the same in two records, or in two files of them?
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Compare two records, or two result files, value by value.",
    discussion: """
      Records are matched by the address of their documents; two single records are compared whatever it is. Says what may be the cause (another input, pipeline or
      program) and whether checks came out better or worse. Ends with code 1 where there are differences.
      """
  ).ofGouji

  @Argument(help: "A record, or bulk results (a record a line); '-' for standard input.") var before: String
  @Argument(help: "The same, to compare it with; a file.") var after: String
  @Flag(help: "Print JSON, an object a line; the summary last.") var json = false
  @Flag(help: "Print only the summary.") var summary = false
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if after == "-" { throw ValidationError("the second is read twice: it must be a file") }
    // A shell may append what is printed.
    try ReadFiles([before, after]).refuse(writing: ["-"])
  }

  func run() throws {
    let warn = { (line: Int, path: String, fault: String) in shared.logger.warning("\(path):\(line): \(fault)") }
    var index = try RecordIndex(path: after) { warn($0, after, $1) }
    var total = DifferenceSummary()
    var count = 0
    var texts = JSONTexts(try SourceLines(path: before))
    var alone: RecordText?
    while let text = try texts.next() {
      do {
        let record = try RecordText(text.bytes)
        count += 1
        if let missed = alone.take() { try miss(missed, &total) }
        guard let other = try index.take(record.key) else {
          if count == 1 { alone = record } else { try miss(record, &total) }
          continue
        }
        try compare(record, other, &total)
      } catch let fault as RecordText.Fault { warn(text.line, before, fault.description) }
    }
    if let record = alone.take() {
      // One record against one is meant, whatever their documents are called.
      if index.count == 1, let key = index.rest.first, let other = try index.take(key) {
        try compare(record, other, &total)
      } else {
        try miss(record, &total)
      }
    }
    guard count + index.count > 0 else {
      throw PipelineError("input.unreadable", "neither \(before) nor \(after) has a record")
    }
    for key in index.rest {
      total.onlyAfter += 1
      try say("\(key): only in \(after)", ["document": .string(key), "only_in": "after"])
    }
    if json {
      try Output.standard.write(total.json.inOneLine)
    } else if summary || count + index.count > 2 || total.isEmpty {
      try Output.standard.say(total.text)
    }
    if !total.isEmpty { throw Ended(status: .checkFailed) }
  }

  private func compare(_ record: RecordText, _ other: RecordText, _ total: inout DifferenceSummary) throws {
    let (before, after) = try RecordText.parts(of: record, and: other)
    let difference = RecordDifference(from: before, to: after)
    total.add(difference)
    if !difference.isEmpty { try say(difference.text, difference.json) }
  }

  private func miss(_ record: RecordText, _ total: inout DifferenceSummary) throws {
    total.onlyBefore += 1
    try say("\(record.key): only in \(before)", ["document": .string(record.key), "only_in": "before"])
  }

  private func say(_ text: String, _ value: JSONValue) throws {
    guard !summary else { return }
    json ? try Output.standard.write(value.inOneLine) : try Output.standard.say(text)
  }
}

/// Where the records of a file lie, by what they are known by; a few bytes for each.
private struct RecordIndex {
  private let file: FileBytes
  private var ranges: [String: [Range<Int>]] = [:]
  private(set) var count = 0

  /// Looks through the file; what is no record is handed to `warn` with its line.
  init(path: String, warn: (Int, String) -> Void) throws {
    file = try FileBytes(path: path)
    var texts = JSONTexts(try SourceLines(path: path))
    while let text = try texts.next() {
      do { ranges[try RecordText(text.bytes).key, default: []].append(text.range) } catch let fault as RecordText.Fault
      {
        warn(text.line, fault.description)
        continue
      }
      count += 1
    }
  }

  /// The first record under `key` that has not been taken.
  mutating func take(_ key: String) throws -> RecordText? {
    guard var left = ranges[key], !left.isEmpty else { return nil }
    let range = left.removeFirst()
    ranges[key] = left.isEmpty ? nil : left
    return try RecordText(try file.bytes(in: range)[...])
  }

  /// What is left, sorted.
  var rest: [String] { ranges.flatMap { Array(repeating: $0.key, count: $0.value.count) }.sorted() }
}
