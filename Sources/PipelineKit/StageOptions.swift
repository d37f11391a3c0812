import FoundationEssentials

/// Settings of a stage: a value with a default for every property.
///
/// Pipeline files lay their `options` over the defaults. A key that the defaults do not have is refused.
public protocol StageOptions: Codable, Sendable {
  /// The defaults.
  init()
  /// The files that the options name; they are part of what a result depends on.
  var files: [OptionFile] { get }
  /// What each option means, by its name: one or two sentences for people who write pipeline files.
  static var meanings: [String: String] { get }
}

extension StageOptions {
  /// None.
  public var files: [OptionFile] { [] }

  /// All of them as JSON with sorted keys, those at their defaults too.
  public var canonical: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return String(decoding: try encoder.encode(self), as: UTF8.self) } catch {
      preconditionFailure("options that cannot be written: \(error)")
    }
  }
}

/// The options of a stage that has none.
public struct NoOptions: StageOptions {
  /// Nothing to set.
  public init() {}

  /// None.
  public static let meanings: [String: String] = [:]
}

/// A file named in a pipeline file, relative to the folder that the pipeline file stands in.
public struct OptionFile: Codable, Hashable, Sendable {
  /// As it is written in the pipeline file.
  public var name: String
  /// Where it is.
  public var path: String

  /// Names the file at `path`.
  public init(path: String) {
    name = path
    self.path = path
  }

  /// Reads the name and resolves it against the folder of the pipeline file.
  public init(from decoder: any Decoder) throws {
    name = try decoder.singleValueContainer().decode(String.self)
    let folder = decoder.userInfo[.pipelineFolder] as? String
    path = if let folder, !name.hasPrefix("/") { folder + "/" + name } else { name }
  }

  /// Writes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}

extension OptionFile {
  /// Why the file cannot be used; `nil` where it is there.
  var fault: String? {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return "no such file: \(name)" }
    return isFolder ? "\(name) is a folder, a file is expected" : nil
  }
}

extension [OptionFile] {
  /// SHA-256 of each by its name; of nothing where there is no such file any more.
  var digests: [String: String] {
    Dictionary(
      map { ($0.name, Digest.sha256(of: FileManager.default.contents(atPath: $0.path) ?? Data())) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension CodingUserInfoKey {
  /// The folder that relative file names are resolved against.
  static let pipelineFolder = CodingUserInfoKey(rawValue: "pipelineFolder").unsafelyUnwrapped
}
