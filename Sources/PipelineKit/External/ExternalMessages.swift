import DocumentModel

/// What a program is told first.
struct ExternalHello: Encodable {
  static let version = "gouji.stage/1"

  var `protocol` = Self.version
  var stage: String
  var settings: [String: String]
}

/// What a program says first.
struct ExternalDeclaration: Decodable {
  var `protocol`: String
  var reads: Set<Layer>
  var writes: Set<Layer>
}

/// What a program says of a document.
struct ExternalAnswer: Decodable {
  var layers: Layers
  var diagnostics: [Diagnostic]?
  var error: Reason?

  struct Reason: Decodable {
    var code: String
    var message: String
  }

  /// Layers by their names.
  struct Layers: Decodable {
    var document = Document(source: Source(uri: ""))
    var written: Set<Layer> = []

    init() {}

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: LayerKey.self)
      for key in container.allKeys {
        guard let layer = Layer(rawValue: key.stringValue) else {
          throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "there is no such layer")
        }
        written.insert(layer)
        switch layer {
        case .pages: document.pages = try container.decode([Page].self, forKey: key)
        case .lines: document.lines = try container.decode([Line].self, forKey: key)
        case .blocks: document.blocks = try container.decode([Block].self, forKey: key)
        case .tables: document.tables = try LayerFormat.sound(container.decode([Table].self, forKey: key))
        case .record: document.record = try LayerFormat.sound(container.decode(Record.self, forKey: key))
        }
      }
    }
  }

  private enum CodingKeys: String, CodingKey, CaseIterable { case layers, diagnostics, error }

  init(from decoder: any Decoder) throws {
    let all = try decoder.container(keyedBy: LayerKey.self)
    // What was sent may be sent back with other layers.
    let known = CodingKeys.allCases.map(\.rawValue) + ["format", "stage", "source"]
    if let stray = all.allKeys.first(where: { !known.contains($0.stringValue) }) {
      let meant = didYouMean(stray.stringValue, among: CodingKeys.allCases.map(\.rawValue))
      throw DecodingError.dataCorruptedError(
        forKey: stray, in: all, debugDescription: "there is no such member\(meant)")
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    error = try container.decodeIfPresent(Reason.self, forKey: .error)
    diagnostics = try container.decodeIfPresent([Diagnostic].self, forKey: .diagnostics)
    layers = error == nil ? try container.decode(Layers.self, forKey: .layers) : Layers()
  }
}

/// The name of a layer as a key.
struct LayerKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(_ layer: Layer) { stringValue = layer.rawValue }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
