import ArgumentParser
import FoundationEssentials
import Glibc
import PipelineKit

/// The password of encrypted documents: as it is, in a file, or in the environment.
struct PasswordOptions: ParsableArguments {
  @Option(
    help: """
      The password of an encrypted document; without it that of --password-file, or that of GOUJI_PASSWORD. Others may see \
      what is typed here while the program starts.
      """)
  var password: String?

  @Option(
    help: ArgumentHelp("Read the password from the first line of this file.", valueName: "file"))
  var passwordFile: String?

  func validate() throws {
    if password != nil, passwordFile != nil {
      throw ValidationError("--password and --password-file: one of them is enough")
    }
  }

  /// The password that was given; an empty variable is none.
  ///
  /// - Throws: ``PipelineError`` with code `input.unreadable`.
  var value: String? {
    get throws {
      if let password { return password }
      if let passwordFile {
        let content = try SourceContent(path: passwordFile, streamLimit: Self.longest)
        let line = content.bytes.prefix(Self.longest).prefix { $0 != 0x0A && $0 != 0x0D }
        return String(decoding: line, as: UTF8.self)
      }
      return ProcessInfo.processInfo.environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// For the processes that open the documents; other people do not see it.
  var environment: [String: String] {
    get throws { try value.map { [Self.variable: $0] } ?? [:] }
  }

  /// The variable of the environment.
  private static let variable = "GOUJI_PASSWORD"
  private static let longest = 4096

  /// Takes passwords out of the arguments that lists of processes show.
  static func hideArguments() {
    var isNext = false
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = CommandLine.unsafeArgv[index] else { continue }
      let name = String(cString: word)
      let start = isNext ? 0 : name.hasPrefix("--password=") ? "--password=".utf8.count : nil
      if let start, name.utf8.count > start { memset(word + start, 0x78, name.utf8.count - start) }
      isNext = name == "--password"
    }
  }
}
