public import DocumentModel
import FoundationEssentials
import Glibc

extension ArtefactStore {
  /// One artefact of the store.
  public struct Entry: Hashable, Sendable {
    /// SHA-256 of the document.
    public var document: String
    /// The stage, as its folder is called.
    public var stage: String
    /// The fingerprint of what the stage was given.
    public var fingerprint: String
    /// Whether the stage made nothing later of the document.
    public var isLatest: Bool
    /// What its files take on the disk.
    public var bytes: Int
    /// The names of its files, sorted.
    public var files: [String]
  }

  /// Whether an artefact is as the program wrote it.
  public enum Condition: Hashable, Sendable {
    case intact
    /// These layers say something else, and can be read.
    case edited([Layer])
    /// It cannot be used, and why.
    case broken(String)
  }

  /// All artefacts of one document after the other, sorted; what in the folder is no artefact is passed over.
  ///
  /// - Throws: ``PipelineError`` with code `input.unreadable` where there is no such folder, or what `body` throws.
  public func forEachEntry(_ body: (Entry) throws -> Void) throws {
    try requireFolder()
    for document in try names(in: folder + "/.").filter(\.isDigest) {
      for stage in try names(in: "\(folder)/\(document)") {
        let stageFolder = "\(folder)/\(document)/\(stage)"
        let latest = latest(in: stageFolder)
        for fingerprint in try names(in: stageFolder).filter(\.isDigest) {
          let files = try names(in: "\(stageFolder)/\(fingerprint)")
          let bytes = files.reduce(0) { $0 + size(of: "\(stageFolder)/\(fingerprint)/\($1)") }
          try body(
            Entry(
              document: document, stage: stage, fingerprint: fingerprint, isLatest: fingerprint == latest,
              bytes: bytes, files: files))
        }
      }
    }
  }

  /// Makes sure that there is such a folder.
  ///
  /// - Throws: ``PipelineError`` with code `input.unreadable`.
  public func requireFolder() throws {
    guard access(folder + "/.", F_OK) == 0 else {
      let isThere = access(folder, F_OK) == 0
      throw PipelineError(
        "input.unreadable", isThere ? "'\(folder)' is no folder, and so no store" : "there is no store '\(folder)'")
    }
  }

  /// Holds an artefact against its digests.
  public func condition(of entry: Entry) -> Condition {
    let folder = path(of: entry)
    do {
      guard let artefact = try artefact(in: folder, document: entry.document, fingerprint: entry.fingerprint) else {
        return .broken("stage.json is missing")
      }
      guard Self.fileName(artefact.inputs.recipe.id) == entry.stage else { return .broken("it is of another stage") }
      var edited: [Layer] = []
      for layer in Layer.allCases {
        guard let written = artefact.layers[layer.rawValue] else { continue }
        if try content(of: layer, in: folder, writtenAs: written).isEdited { edited.append(layer) }
      }
      return edited.isEmpty ? .intact : .edited(edited)
    } catch {
      return .broken("\(error)")
    }
  }

  /// Removes an artefact: the files of a store in its folder, and the folder where it is empty then.
  ///
  /// - Returns: whether it is gone.
  public func remove(_ entry: Entry) -> Bool {
    let folder = path(of: entry)
    let known = Layer.allCases.flatMap { ["\($0.rawValue).json", "\($0.rawValue).json.zst"] } + ["stage.json"]
    // The description first, so that nobody takes what is half gone.
    for file in entry.files.sorted(by: { $0 > $1 }) where known.contains(file) { unlink("\(folder)/\(file)") }
    return rmdir(folder) == 0
  }

  /// What a stage made last of a document, as JSON: a layer, or `stage.json`; `nil` where there is none.
  ///
  /// - Throws: ``PipelineError`` with code `store.damaged`.
  public func json(of layer: Layer?, document: String, stage: String) throws -> [UInt8]? {
    guard let (artefact, folder) = latest(document: document, stage: stage) else { return nil }
    guard let layer else { return Array(LayerFormat.encoded(artefact)) }
    guard artefact.layers[layer.rawValue] != nil else { return nil }
    do { return Array(try self.layer(layer, in: folder)) } catch {
      throw PipelineError("store.damaged", "\(folder): \(error)", underlying: error)
    }
  }

  private func path(of entry: Entry) -> String { "\(folder)/\(entry.document)/\(entry.stage)/\(entry.fingerprint)" }

  /// The names in a folder, sorted; none of what is no folder, or a link to one: a store has no such links.
  private func names(in folder: String) throws -> [String] {
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [] }
    do { return try FileManager.default.contentsOfDirectory(atPath: folder).sorted() } catch {
      throw PipelineError("input.unreadable", "\(folder): \(plainReason(error))", underlying: error)
    }
  }

  private func size(of file: String) -> Int {
    var status = stat()
    return lstat(file, &status) == 0 ? Int(status.st_size) : 0
  }
}

extension String {
  /// Whether it is a SHA-256 in hexadecimal.
  var isDigest: Bool { utf8.count == 64 && allSatisfy { $0.isHexDigit && !$0.isUppercase } }
}
