import DocumentModel
import FoundationEssentials

/// A checked list of stages, ready to run.
public struct Pipeline: Sendable {
  /// The name in the file.
  public var name: String
  /// The stages in order.
  public var steps: [Step]

  /// One stage under its id.
  public struct Step: Sendable {
    /// Unique in the pipeline.
    public var id: String
    /// The stage.
    public var stage: any Stage
    /// All its options.
    public var options: any StageOptions

    /// Names a stage.
    public init(id: String, stage: any Stage, options: any StageOptions = NoOptions()) {
      self.id = id
      self.stage = stage
      self.options = options
    }

    /// What the stage is.
    public var contract: StageContract { type(of: stage).contract }

    /// Everything of the step that could change a result, in lines: kind and version, the options as JSON, the digests of
    /// the files that they name.
    fileprivate var fingerprintParts: [String] {
      let files = options.files.map { file in
        "\(file.name) " + Digest.sha256(of: FileManager.default.contents(atPath: file.path) ?? Data())
      }
      return ["\(id) \(contract.kind) \(contract.version)", options.canonical] + files
    }
  }

  /// Creates a pipeline of stages that fit together.
  public init(name: String, steps: [Step]) {
    self.name = name
    self.steps = steps
  }

  /// `sha256:` of everything that could change a result: kinds, versions, all options whether they are written or
  /// left at their defaults, and the files that they name, as they are now.
  public var fingerprint: String {
    "sha256:" + Digest.sha256(of: Data(steps.flatMap(\.fingerprintParts).joined(separator: "\n").utf8))
  }
}
