public import DocumentModel
import FoundationEssentials

/// What a stage made of a document: the file `stage.json` beside the layers.
public struct Artefact: Codable, Hashable, Sendable {
  /// `gouji.artefact/1`.
  public var format = Self.currentFormat
  /// SHA-256 of the document.
  public var document: String
  /// What the stage was given.
  public var inputs: StageInputs
  /// The layers that it wrote; those that it was handed and did not fill are not among them.
  public var layers: [String: StoredLayer]
  /// The media type that the document has after the stage.
  public var mediaType: String
  /// The number of pages of a paged source.
  public var pageCount: Int?
  /// What the stage found odd.
  public var diagnostics: [Diagnostic]
  /// SHA-256 of all of the above, as it was written.
  public var sha256 = ""

  static let currentFormat = "gouji.artefact/1"

  private enum CodingKeys: String, CodingKey {
    case format, document, inputs, layers, diagnostics, sha256
    case mediaType = "media_type"
    case pageCount = "pages"
  }

  /// What the file of a layer holds.
  public struct StoredLayer: Codable, Hashable, Sendable {
    /// Of the JSON, whether it is compressed or not.
    public var sha256: String
    /// The size of the JSON.
    public var bytes: Int
  }

  init(
    document: Document, inputs: StageInputs, layers: [String: StoredLayer], diagnostics: [Diagnostic]
  ) {
    self.document = document.source.sha256
    self.inputs = inputs
    self.layers = layers
    self.mediaType = document.source.mediaType
    self.pageCount = document.source.pageCount
    self.diagnostics = diagnostics
    self.sha256 = digest
  }

  /// Of everything but the digest itself.
  private var digest: String {
    var bare = self
    bare.sha256 = ""
    return Digest.sha256(of: LayerFormat.compact(bare))
  }

  /// Whether it is as the program wrote it.
  var isIntact: Bool { format == Self.currentFormat && digest == sha256 }
}
