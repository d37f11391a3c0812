import FoundationEssentials

/// Everything of a stage, beside the document, that could change what it writes.
public struct StageRecipe: Codable, Hashable, Sendable {
  /// The id in the pipeline, which values carry.
  public var id: String
  /// The kind of the stage.
  public var kind: String
  /// The version of the stage.
  public var version: Int
  /// All options as JSON with sorted keys, those at their defaults too.
  public var options: String
  /// SHA-256 of the files that the options name, by the names; of nothing where there is no such file any more.
  public var files: [String: String]
  /// The libraries whose versions matter.
  public var libraries: [String]

  init(id: String, contract: StageContract, options: any StageOptions, files: [String: String]) {
    self.id = id
    kind = contract.kind
    version = contract.version
    self.options = options.canonical
    libraries = contract.libraries
    self.files = files
  }

  /// 64 hexadecimal digits.
  var fingerprint: String { Digest.sha256(of: LayerFormat.compact(self)) }
}

/// Everything that could change what a stage writes for one document: its recipe and what it reads.
public struct StageInputs: Codable, Hashable, Sendable {
  /// The stage.
  public var recipe: StageRecipe
  /// SHA-256 of the layers that it reads; of those that no stage has written there is none.
  public var layers: [String: String]
  /// The media type of the document and how many pages it has.
  public var source: String
  /// The pages that were asked for, of stages that look at the source.
  public var pages: String?
  /// SHA-256 of the document's digest and the password that was given, of stages that look at the source.
  public var password: String?
  /// The program that may convert the document, of stages that look at the source; nil where none may.
  public var converter: String?
  /// SHA-256 of what people corrected of the document, of stages that apply it; nil where there is nothing.
  public var corrections: String?

  /// 64 hexadecimal digits.
  public var fingerprint: String { Digest.sha256(of: LayerFormat.compact(self)) }
}

extension StageInputs {
  /// What is not as it was in `earlier`, a line each; empty where nothing moved.
  ///
  /// - Parameter writers: what is to be said of where a layer comes from.
  public func changes(since earlier: StageInputs, writers: [String: String] = [:]) -> [String] {
    var changes: [String] = []
    func compare(_ name: String, _ now: String?, _ then: String?) {
      guard now != then else { return }
      changes.append("\(name): \(short(then) ?? "not there before") -> \(short(now) ?? "not there now")")
    }
    compare("kind", recipe.kind, earlier.recipe.kind)
    compare("version", "\(recipe.version)", "\(earlier.recipe.version)")
    compare(each: "option", recipe.optionValues, earlier.recipe.optionValues)
    compare(each: "file", recipe.files, earlier.recipe.files)
    compare("libraries", recipe.libraries.joined(separator: ", "), earlier.recipe.libraries.joined(separator: ", "))
    for name in Set(layers.keys).union(earlier.layers.keys).sorted() {
      compare("layer '\(name)'" + (writers[name].map { ", \($0)" } ?? ""), layers[name], earlier.layers[name])
    }
    compare("source", source, earlier.source)
    compare("pages", pages ?? "all", earlier.pages ?? "all")
    compare(
      "password", password.map { _ in "one" } ?? "none",
      earlier.password.map { $0 == password ? "one" : "another" } ?? "none")
    compare("converter", converter ?? "not allowed", earlier.converter ?? "not allowed")
    compare("corrections", corrections ?? "none", earlier.corrections ?? "none")
    return changes

    /// Of a digest, as much as a person compares.
    func short(_ value: String?) -> String? { value.map { $0.isDigest ? $0.prefix(12) + "…" : $0 } }
    func compare(each noun: String, _ now: [String: String], _ then: [String: String]) {
      for name in Set(now.keys).union(then.keys).sorted() { compare("\(noun) '\(name)'", now[name], then[name]) }
    }
  }
}

extension StageRecipe {
  /// The options by name, each in one line.
  fileprivate var optionValues: [String: String] {
    // JSON is YAML.
    do {
      let options = try YAMLNode(yaml: Data(options.utf8))?.mapping ?? []
      return Dictionary(options.map { ($0.key.string ?? "", "\($0.value)") }, uniquingKeysWith: { first, _ in first })
    } catch { return ["": options] }
  }
}
