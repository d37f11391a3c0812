import FoundationEssentials

/// The folders in which pipelines are looked for by name.
public struct PipelineLibrary: Sendable {
  private let folders: [String]

  /// Looks in these folders, in order.
  public init(folders: [String]) {
    self.folders = folders
  }

  /// The pipeline file that `name` means: a path to a file or to the folder of one, or a name under one of the folders.
  ///
  /// - Throws: ``PipelineError`` with code `pipeline.not_found`, with the names that there are.
  public func path(of name: String) throws -> String {
    let files = FileManager.default
    if name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      var isFolder = false
      guard files.fileExists(atPath: name, isDirectory: &isFolder) else {
        throw PipelineError("pipeline.not_found", "\(name): no such pipeline file")
      }
      guard isFolder else { return name }
      let path = (name.hasSuffix("/") ? name : name + "/") + "pipeline.yaml"
      guard files.fileExists(atPath: path) else {
        throw PipelineError("pipeline.not_found", "\(name) is a folder without a pipeline.yaml")
      }
      return path
    }
    for folder in folders {
      let path = "\(folder)/\(name)/pipeline.yaml"
      if files.fileExists(atPath: path) { return path }
    }
    let searched = folders.joined(separator: ", ")
    let meant = didYouMean(name, among: names)
    let hint = meant.isEmpty && !names.isEmpty ? "; there are " + names.joined(separator: ", ") : meant
    throw PipelineError("pipeline.not_found", "no pipeline '\(name)'\(hint) (looked in \(searched))")
  }

  /// The names of all pipelines, sorted.
  public var names: [String] {
    var all: Set<String> = []
    for folder in folders {
      // A folder that is not there, or may not be read, holds none.
      do { all.formUnion(try FileManager.default.contentsOfDirectory(atPath: folder)) } catch { continue }
    }
    return all.sorted().filter { name in
      folders.contains { FileManager.default.fileExists(atPath: "\($0)/\(name)/pipeline.yaml") }
    }
  }
}
