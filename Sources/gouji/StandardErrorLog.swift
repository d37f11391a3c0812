import ArgumentParser
import DocumentModel
import Logging
import PipelineKit

/// How messages are written.
enum LogFormat: String, ExpressibleByArgument, CaseIterable {
  /// `gouji: warning: …`
  case text
  /// One JSON object a line.
  case json
}

/// Writes messages to standard error.
struct StandardErrorLog: LogHandler {
  var format: LogFormat
  var logLevel: Logger.Level = .warning
  var metadata: Logger.Metadata = [:]

  init(format: LogFormat) {
    self.format = format
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let line =
      switch format {
      case .text: Array("gouji: \(event.level): \(event.message)".visible(keepingLines: false).utf8)
      case .json:
        JSONValue.object(
          [.init("level", .string("\(event.level)")), .init("message", .string("\(event.message)"))]
            + (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { .init($0.key, Self.json($0.value)) }
        ).encoded()
      }
    StandardStreams.say(line)
  }

  /// What goes with a message; texts that are numbers are written as such.
  private static func json(_ value: Logger.Metadata.Value) -> JSONValue {
    Int("\(value)").map { .integer($0) } ?? Double("\(value)").map { .number($0) } ?? .string("\(value)")
  }
}
