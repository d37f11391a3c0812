import DocumentModel
import FoundationEssentials
import Glibc

/// A folder of what stages made of documents: `<document>/<stage>/<fingerprint>/`, with `stage.json` and a file for each
/// layer, and `<document>/<stage>/latest`, a link to the newest.
///
/// Files appear whole or not at all, `stage.json` last, so that any number of processes may use a store at once: the same
/// fingerprint always has the same content. Nothing is forced to the disk; what a power cut leaves torn is found by its
/// digest, and made anew.
public struct ArtefactStore: Sendable {
  /// The folder.
  public var folder: String
  /// The most bytes of a layer that are read.
  var layerLimit = 1 << 32

  /// From how many bytes on a layer is compressed. Pages hold nothing to edit; the others stay open to an editor longer.
  private static func compressedFrom(_ layer: Layer) -> Int { layer == .pages ? 1 << 16 : 1 << 20 }

  /// A store in `folder`, which need not be there yet.
  public init(folder: String) { self.folder = folder }

  /// The folder of one artefact.
  func folder(document: String, stage: String, fingerprint: String) -> String {
    "\(stageFolder(document: document, stage: stage))/\(fingerprint)"
  }

  func stageFolder(document: String, stage: String) -> String { "\(folder)/\(document)/\(Self.fileName(stage))" }

  /// An id as a name of a file: what could mean something else there is written as in addresses (RFC 3986).
  static func fileName(_ id: String) -> String {
    var name = ""
    for byte in id.utf8 {
      let isPlain =
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        case UInt8(ascii: "."): !name.isEmpty
        default: false
        }
      let digits = String(byte, radix: 16, uppercase: true)
      name += isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
    }
    // File systems have names of at most 255 bytes.
    return name.utf8.count <= 128 ? name : name.prefix(64) + "%" + Digest.sha256(of: Data(id.utf8))
  }
}

/// An artefact that cannot be used, and why.
struct BrokenArtefact: Error, CustomStringConvertible {
  var description: String
}

// MARK: Recipes

extension ArtefactStore {
  private func mark(_ recipe: StageRecipe) -> String { "\(folder)/.checked/\(recipe.fingerprint)" }

  /// Whether a stage has been made from this recipe before.
  public func knows(_ recipe: StageRecipe) -> Bool { access(mark(recipe), F_OK) == 0 }

  /// Notes that all stages of `pipeline` could be made. A store that cannot be written learns nothing.
  public func learn(_ pipeline: Pipeline) {
    for step in pipeline.steps where !knows(step.recipe) {
      do {
        try FileManager.default.createDirectory(atPath: folder + "/.checked", withIntermediateDirectories: true)
        try Data().write(to: URL(filePath: mark(step.recipe)))
      } catch { return }
    }
  }
}

// MARK: Reading

extension ArtefactStore {
  /// What is said of the artefact in `folder`; `nil` where there is none.
  ///
  /// - Throws: ``BrokenArtefact``.
  func artefact(in folder: String, document: String, fingerprint: String) throws -> Artefact? {
    guard let json = FileManager.default.contents(atPath: folder + "/stage.json") else { return nil }
    let artefact: Artefact
    do { artefact = try LayerFormat.decoded(json) } catch {
      throw BrokenArtefact(description: "stage.json is damaged")
    }
    guard artefact.isIntact else { throw BrokenArtefact(description: "stage.json is not as it was written") }
    guard artefact.document == document, artefact.inputs.fingerprint == fingerprint else {
      throw BrokenArtefact(description: "stage.json is of another document or stage")
    }
    return artefact
  }

  /// The JSON of a layer: of the plain file, which a person may have made of the compressed one, else of that.
  ///
  /// - Throws: ``BrokenArtefact``.
  func layer(_ layer: Layer, in folder: String) throws -> Data {
    let path = "\(folder)/\(layer.rawValue).json"
    do {
      if access(path, F_OK) == 0 { return try Data(contentsOf: URL(filePath: path)) }
      return try Compression.decompressed(
        Data(contentsOf: URL(filePath: path + ".zst"), options: .mappedIfSafe), limit: layerLimit)
    } catch {
      throw BrokenArtefact(description: "\(layer.rawValue) cannot be read (\(plainReason(error)))")
    }
  }

  /// A layer as it is now.
  struct Content {
    /// The JSON as the program writes it; nil where it need not be read to know it.
    var json: Data?
    /// Of the JSON.
    var digest: String
    /// Whether it is another than the stage wrote.
    var isEdited: Bool
  }

  /// What the file of a layer says, whoever wrote it.
  ///
  /// - Parameter isTrusted: whether a file that nobody touched since `stage.json` was written need not be read.
  /// - Throws: ``BrokenArtefact`` where that is no layer.
  func content(
    of layer: Layer, in folder: String, writtenAs written: Artefact.StoredLayer, isTrusted: Bool = false
  ) throws -> Content {
    if isTrusted, isUntouched(layer, in: folder) {
      return Content(json: nil, digest: written.sha256, isEdited: false)
    }
    let found = try self.layer(layer, in: folder)
    let digest = Digest.sha256(of: found)
    if digest == written.sha256 { return Content(json: found, digest: digest, isEdited: false) }
    var document = Document(source: Source(uri: ""))
    do { try LayerFormat.decode(layer, from: found, into: &document) } catch {
      throw BrokenArtefact(description: "\(layer.rawValue) is damaged (\(plainFault(error)))")
    }
    do {
      if let member = try LayerFormat.unknownMember(of: layer, in: try JSONValue(json: found), readAs: document) {
        throw BrokenArtefact(description: "\(layer.rawValue) has a member that there is not: \(member)")
      }
    } catch let error as PipelineError {
      throw BrokenArtefact(description: "\(layer.rawValue) is damaged (\(error))")
    }
    // Other spaces, or another order of members, say nothing else.
    let json = LayerFormat.encoded(layer, of: document) ?? found
    let canonical = Digest.sha256(of: json)
    return Content(json: json, digest: canonical, isEdited: canonical != written.sha256)
  }

  /// Whether the file of a layer has not changed, nor been moved or replaced, since `stage.json` was written, which comes
  /// last: the time of a file's last change is the system's alone to set.
  private func isUntouched(_ layer: Layer, in folder: String) -> Bool {
    var (file, stage) = (stat(), stat())
    let path = "\(folder)/\(layer.rawValue).json"
    guard lstat(path, &file) == 0 || lstat(path + ".zst", &file) == 0, lstat(folder + "/stage.json", &stage) == 0,
      file.st_mode & S_IFMT == S_IFREG, stage.st_mode & S_IFMT == S_IFREG
    else { return false }
    return (file.st_ctim.tv_sec, file.st_ctim.tv_nsec) <= (stage.st_ctim.tv_sec, stage.st_ctim.tv_nsec)
  }

  /// The JSON of a layer that was not looked into before.
  ///
  /// - Throws: ``BrokenArtefact`` where it is not as it was written.
  func untouched(_ layer: Layer, in folder: String, digest: String) throws -> Data {
    let json = try self.layer(layer, in: folder)
    guard Digest.sha256(of: json) == digest else {
      throw BrokenArtefact(description: "\(layer.rawValue) is not as it was written")
    }
    return json
  }

  /// The fingerprint of the artefact that was made last; `nil` where there is none.
  func latest(in stageFolder: String) -> String? {
    do { return try FileManager.default.destinationOfSymbolicLink(atPath: stageFolder + "/latest") } catch {
      return nil
    }
  }

  /// The artefact that a stage made last of a document; `nil` where there is none that can be read.
  public func latest(document: String, stage: String) -> (artefact: Artefact, folder: String)? {
    let stageFolder = stageFolder(document: document, stage: stage)
    guard let fingerprint = latest(in: stageFolder) else { return nil }
    let folder = "\(stageFolder)/\(fingerprint)"
    do { return try artefact(in: folder, document: document, fingerprint: fingerprint).map { ($0, folder) } } catch {
      return nil
    }
  }
}

// MARK: Writing

extension ArtefactStore {
  /// Keeps what a stage made.
  ///
  /// - Parameter layers: the JSON of each layer that it wrote.
  /// - Returns: names of files under which what a person had changed is kept: those of the layers with a `~`.
  /// - Throws: ``SystemError``, or an error of Foundation.
  func write(_ artefact: Artefact, layers: [Layer: Data]) throws -> [String] {
    let fingerprint = artefact.inputs.fingerprint
    let stage = stageFolder(document: artefact.document, stage: artefact.inputs.recipe.id)
    let folder = "\(stage)/\(fingerprint)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var kept: [String] = []
    for (layer, json) in layers.sorted(by: { $0.key < $1.key }) {
      let plain = "\(folder)/\(layer.rawValue).json"
      if try isChanged(layer, in: folder, from: json) {
        let names = (1...).lazy.map { "\(layer.rawValue).json~" + ($0 == 1 ? "" : "\($0)") }
        let free = names.first { access("\(folder)/\($0)", F_OK) != 0 } ?? "\(layer.rawValue).json~"
        try move(plain, to: "\(folder)/\(free)")
        kept.append(free)
      }
      if json.count >= Self.compressedFrom(layer) {
        try write(try Compression.compressed(json), to: plain + ".zst")
        unlink(plain)
      } else {
        try write(json, to: plain)
        unlink(plain + ".zst")
      }
    }
    try write(LayerFormat.encoded(artefact), to: folder + "/stage.json")
    try link(fingerprint, at: stage + "/latest")
    return kept
  }

  /// Whether there is a plain file of the layer that says something else: it may be someone's work, also where it has members
  /// that there are not, or lacks a comma.
  private func isChanged(_ layer: Layer, in folder: String, from json: Data) throws -> Bool {
    guard let found = FileManager.default.contents(atPath: "\(folder)/\(layer.rawValue).json"), found != json,
      !found.isEmpty
    else { return false }
    var document = Document(source: Source(uri: ""))
    do {
      try LayerFormat.decode(layer, from: found, into: &document)
      if LayerFormat.encoded(layer, of: document) != json { return true }
      return try LayerFormat.unknownMember(of: layer, in: try JSONValue(json: found), readAs: document) != nil
    } catch { return true }
  }

  private func write(_ bytes: Data, to path: String) throws {
    try bytes.write(to: URL(filePath: path), options: .atomic)
  }

  private func move(_ path: String, to other: String) throws {
    guard rename(path, other) == 0 else { throw SystemError(number: errno) }
  }

  /// Makes what a stage made before the newest again, as it is what a run took.
  ///
  /// A store that cannot be written stays as it is.
  func renew(_ fingerprint: String, document: String, stage: String) {
    let folder = stageFolder(document: document, stage: stage)
    guard latest(in: folder) != fingerprint else { return }
    do { try link(fingerprint, at: folder + "/latest") } catch { return }
  }

  /// A link to `target` in place of what is at `path`.
  private func link(_ target: String, at path: String) throws {
    let temporary = "\(path).\(UUID().uuidString)"
    guard symlink(target, temporary) == 0 else { throw SystemError(number: errno) }
    do { try move(temporary, to: path) } catch {
      unlink(temporary)
      throw error
    }
  }
}
