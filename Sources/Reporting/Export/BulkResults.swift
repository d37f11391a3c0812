public import DocumentModel
import FoundationEssentials
import PipelineKit

/// One line of bulk results.
public enum BulkResult: Sendable {
  /// A record of `gouji.record/1`.
  case record(JSONValue)
  /// The tables of a document, as `gouji.tables/1`.
  case tables(JSONValue)
  /// A document without a record, as `quarantine.ndjson` has it.
  case quarantined(JSONValue)
}

/// Results in the order of their files, one after the other, however many there are.
public struct BulkResults {
  /// How many documents have been given.
  public private(set) var count = 0
  /// How many lines were none.
  public private(set) var skippedLines = 0

  /// What the first bulk folder says of its run in `run.json`, or that of its first shard, with the slowest documents of
  /// all shards; null where nothing does.
  public private(set) var run = JSONValue.null

  private let cut: (ArraySlice<UInt8>) -> [UInt8]?
  private var files: [String]
  private var texts: JSONTexts?
  private var current = ""
  private var waiting: [Diagnostic] = []

  /// Those of files (records or a quarantine, an object a line, or single records as `gouji run` prints them), of bulk
  /// folders, and of standard input for `-`.
  ///
  /// A folder gives its `results*.ndjson` and `quarantine*.ndjson`, all shards of them, and what a run that is not finished
  /// has so far.
  ///
  /// - Throws: ``PipelineError`` with the code `input.unreadable`.
  public init(paths: [String]) throws { try self.init(paths: paths) { Array($0) } }

  /// - Parameter cut: what is read of the text of an object; nil where that is none.
  init(paths: [String], cutBy cut: @escaping (ArraySlice<UInt8>) -> [UInt8]?) throws {
    self.cut = cut
    files = []
    for path in paths {
      guard Self.isFolder(path) else {
        files.append(path)
        continue
      }
      let found = try Self.files(of: path)
      if found.contains(where: { $0.hasSuffix(".open") }) {
        let message = "\(path): the run is not finished; what it has so far is taken"
        waiting.append(Diagnostic("export.unfinished", .warning, message))
      }
      files += found
      if run == .null { run = run(of: path) }
    }
  }

  /// The next document; nil after the last.
  ///
  /// - Parameter notice: what is odd about a line that is skipped.
  /// - Throws: ``PipelineError`` with the code `input.unreadable`.
  public mutating func next(notice: (Diagnostic) -> Void) throws -> BulkResult? {
    waiting.forEach(notice)
    waiting = []
    while true {
      while let text = try texts?.next() {
        func skip(_ reason: String) {
          skippedLines += 1
          notice(Diagnostic("export.line_unreadable", .warning, "\(current):\(text.line): \(reason)"))
        }
        let json: JSONValue
        do { json = try JSONValue(json: cut(text.bytes) ?? Array(text.bytes)) } catch {
          skip("\(error)")
          continue
        }
        switch json["format"]?.text {
        case "gouji.record/1"?:
          count += 1
          return .record(json)
        case "gouji.tables/1"?:
          count += 1
          return .tables(json)
        case nil where json["reason"]?.text != nil && json["source"] != nil:
          count += 1
          return .quarantined(json)
        default: skip("no record")
        }
      }
      guard !files.isEmpty else { return nil }
      current = files.removeFirst()
      texts = JSONTexts(try SourceLines(path: current))
    }
  }

  /// Whether a file that is called so in a bulk folder is read.
  public static func reads(_ name: String) -> Bool {
    ["results.", "quarantine.", "run."].contains { name.hasPrefix($0) }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  /// What cannot be read is said, and says nothing: the results stand for themselves.
  private mutating func run(of folder: String) -> JSONValue {
    var runs: [JSONValue] = []
    for path in Self.runFiles(of: folder) {
      do { runs.append(try JSONValue(json: try SourceContent(path: path).bytes)) } catch {
        waiting.append(Diagnostic("export.run_unreadable", .warning, "\(path): \(error)"))
      }
    }
    guard runs.count > 1, case .object(let members)? = runs.first else { return runs.first ?? .null }
    let slowest = runs.flatMap { $0["slowest"]?.elements ?? [] }.sorted { Self.seconds($1) < Self.seconds($0) }
    return .object(members.filter { $0.key != "slowest" } + [.init("slowest", .array(slowest))])
  }

  /// Those of all shards; none where the folder may not be listed.
  private static func runFiles(of folder: String) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasPrefix("run.") && $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
    } catch { return [] }
  }

  private static func seconds(_ entry: JSONValue) -> Double {
    switch entry["seconds"] {
    case .number(let seconds)?: seconds
    case .integer(let seconds)?: Double(seconds)
    default: 0
    }
  }

  /// The results of a folder before its quarantine, shards in the order of their numbers.
  private static func files(of folder: String) throws -> [String] {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw PipelineError("input.unreadable", "\(folder): \(plainReason(error))", underlying: error)
    }
    let found = ["results", "quarantine"].flatMap { kind in
      names.filter { $0.hasPrefix(kind + ".") && ($0.hasSuffix(".ndjson") || $0.hasSuffix(".ndjson.open")) }
        .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
    guard !found.isEmpty else {
      throw PipelineError("input.unreadable", "\(folder): no results.ndjson stands in the folder")
    }
    return found.map { folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)" }
  }
}
