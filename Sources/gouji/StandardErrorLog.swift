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
      case .text: Array("gouji: \(event.level): \(event.message)".utf8)
      case .json:
        (["level": .string("\(event.level)"), "message": .string("\(event.message)")] as JSONValue).encoded()
      }
    StandardStreams.say(line)
  }
}
