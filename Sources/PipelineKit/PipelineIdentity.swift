import FoundationEssentials

/// What of a pipeline could change a result, by stages: so that of two results it can be said what made them differ.
public struct PipelineIdentity: Hashable, Sendable {
  /// The name of the pipeline.
  public var name: String
  /// ``Pipeline/fingerprint``.
  public var fingerprint: String
  /// The stages in order.
  public var stages: [Stage]

  /// One stage.
  public struct Stage: Hashable, Sendable {
    /// Its id in the pipeline.
    public var id: String
    /// The version of its kind.
    public var version: Int
    /// Twelve hexadecimal digits of a digest of its kind, all its options and the files that they name.
    public var settings: String

    /// Names a stage.
    public init(id: String, version: Int, settings: String) {
      (self.id, self.version, self.settings) = (id, version, settings)
    }
  }

  /// Names a pipeline.
  public init(name: String, fingerprint: String, stages: [Stage]) {
    (self.name, self.fingerprint, self.stages) = (name, fingerprint, stages)
  }
}

extension Pipeline {
  /// Of the files that the options name as they were when the pipeline was made.
  public var identity: PipelineIdentity {
    let stages = steps.map { step in
      var recipe = step.recipe
      let version = recipe.version
      (recipe.version, recipe.libraries) = (0, [])
      return PipelineIdentity.Stage(id: step.id, version: version, settings: String(recipe.fingerprint.prefix(12)))
    }
    return PipelineIdentity(name: name, fingerprint: fingerprint, stages: stages)
  }
}
