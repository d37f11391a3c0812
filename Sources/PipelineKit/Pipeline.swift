/// A checked list of stages, ready to run.
public struct Pipeline: Sendable {
  /// The name in the file.
  public var name: String
  /// The stages in order.
  public var steps: [Step]

  /// One stage under its id.
  public struct Step: Sendable {
    /// Unique in the pipeline.
    public let id: String
    /// What the stage is.
    public let contract: StageContract
    /// All its options.
    public let options: any StageOptions
    /// All that could change what it writes, from its files as they were when the pipeline was made; made anew each time,
    /// as few runs need it.
    public var recipe: StageRecipe { StageRecipe(id: id, contract: contract, options: options, files: files) }
    /// SHA-256 of the files that the options name, when the pipeline was made.
    private let files: [String: String]
    private let make: @Sendable () throws -> any Stage

    /// A stage that is ready.
    public init(id: String, stage: any Stage, options: any StageOptions = NoOptions()) {
      self.init(id: id, contract: type(of: stage).contract, options: options) { stage }
    }

    /// A stage that is made when it is needed: its options are known to be right.
    init(
      id: String, contract: StageContract, options: any StageOptions, make: @escaping @Sendable () throws -> any Stage
    ) {
      self.id = id
      self.contract = contract
      self.options = options
      files = options.files.digests
      self.make = make
    }

    /// The same with its stage at hand.
    func made(_ stage: any Stage) -> Step { Step(self) { stage } }

    private init(_ step: Step, make: @escaping @Sendable () throws -> any Stage) {
      (id, contract, options, files) = (step.id, step.contract, step.options, step.files)
      self.make = make
    }

    /// Whether its files still are as they were when the pipeline was made.
    var isSettled: Bool { files == options.files.digests }

    /// The stage.
    ///
    /// - Throws: an error in the options, which can only be one where they were known to be right.
    public func stage() throws -> any Stage { try make() }
  }

  /// Creates a pipeline of stages that fit together.
  public init(name: String, steps: [Step]) {
    self.name = name
    self.steps = steps
  }
}

extension Pipeline {
  /// `sha256:` of everything in the pipeline that could change a result: ids, kinds, versions, all options whether they are
  /// written or left at their defaults, and the files that they name as they were when the pipeline was made; not the libraries of this machine.
  public var fingerprint: String {
    let portable = steps.map { step in
      var recipe = step.recipe
      recipe.libraries = []
      return recipe
    }
    return "sha256:" + Digest.sha256(of: LayerFormat.compact(portable))
  }

  /// The stage with this id.
  ///
  /// - Throws: ``PipelineError`` with code `pipeline.unknown_stage`, with the id that was probably meant.
  public func step(_ id: String) throws -> Step {
    guard let step = steps.first(where: { $0.id == id }) else {
      let ids = steps.map(\.id)
      let meant = didYouMean(id, among: ids)
      throw PipelineError(
        "pipeline.unknown_stage",
        "the pipeline '\(name)' has no stage '\(id)'"
          + (meant.isEmpty ? "; it has \(ids.joined(separator: ", "))" : meant))
    }
    return step
  }
}
