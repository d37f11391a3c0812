import DocumentModel
import Foundation

/// A checked list of stages, ready to run.
public struct Pipeline: Sendable {
  /// The name in the file.
  public var name: String
  /// `sha256:` of everything that could change a result: kinds, versions, all options whether they are written or
  /// left at their defaults, and the files that they name.
  public var fingerprint: String
  /// The stages in order.
  public var steps: [Step]

  /// One stage under its id.
  public struct Step: Sendable {
    /// Unique in the pipeline.
    public var id: String
    /// The stage.
    public var stage: any Stage

    /// All its options as JSON with sorted keys, those at their defaults too.
    public var options: String

    /// Names a stage.
    public init(id: String, stage: any Stage, options: String = "{}") {
      self.id = id
      self.stage = stage
      self.options = options
    }

    /// What the stage is.
    public var contract: StageContract { type(of: stage).contract }
  }

  /// Creates a pipeline of stages that fit together.
  public init(name: String, fingerprint: String = "", steps: [Step]) {
    self.name = name
    self.fingerprint = fingerprint
    self.steps = steps
  }
}
