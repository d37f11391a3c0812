public import DocumentModel
public import Logging

/// A step of a pipeline: it reads some layers of a document and writes others.
///
/// A stage is made once for a pipeline and run over many documents, also at the same time. What is odd about a
/// document becomes a ``DocumentModel/Diagnostic``; a stage throws only when it cannot do its work on this document.
public protocol Stage: Sendable {
  /// The settings that a pipeline file may change.
  associatedtype Options: StageOptions = NoOptions
  /// What the stage is and what it needs.
  static var contract: StageContract { get }
  /// Makes the stage ready. Every error in the options surfaces here, before any document is opened.
  init(options: Options) throws
  /// Does its work on one document, of which it sees only the layers it reads.
  func run(_ document: inout Document, in context: StageContext) async throws
}

/// What a stage is, and which layers it needs and gives.
public struct StageContract: Sendable {
  /// The name in pipeline files: `area.thing`.
  public var kind: String
  /// Raised by hand when the same input may give another output.
  public var version: Int
  /// What it does, in one line.
  public var summary: String
  /// Layers it must be given.
  public var reads: Set<Layer>
  /// Layers it looks at where they exist.
  public var mayRead: Set<Layer>
  /// Layers it may change.
  public var writes: Set<Layer>
  /// Whether it looks at the bytes of the source, and at what is asked of the run.
  public var readsSource: Bool
  /// Whether it applies what a person corrected.
  public var takesCorrections: Bool
  /// The libraries whose version may change what it writes, such as `poppler 22.12.0`.
  public var libraries: [String]

  /// Creates a contract.
  public init(
    _ kind: String, version: Int, summary: String, reads: Set<Layer>, mayRead: Set<Layer> = [], writes: Set<Layer>,
    readsSource: Bool = false, takesCorrections: Bool = false, libraries: [String] = []
  ) {
    self.kind = kind
    self.version = version
    self.summary = summary
    self.reads = reads
    self.mayRead = mayRead
    self.writes = writes
    self.readsSource = readsSource
    self.takesCorrections = takesCorrections
    self.libraries = libraries
  }
}

/// What a stage is given beside the document.
public struct StageContext: Sendable {
  /// The id of the stage in its pipeline; values that it decides carry it.
  public var stage: String
  /// The bytes of the source.
  public var content: SourceContent
  /// What the person who started the run asked for.
  public var request: RunRequest
  /// For a person who watches, never part of a result.
  public var logger: Logger
  /// Is told the number of each page before the stage works on it, for those who watch the time.
  public var beginsPage: @Sendable (Int) throws -> Void = { _ in }

  /// Creates a context.
  public init(stage: String, content: SourceContent, request: RunRequest = RunRequest(), logger: Logger) {
    self.stage = stage
    self.content = content
    self.request = request
    self.logger = logger
  }
}

/// What may be asked for a single run, whatever the pipeline.
public struct RunRequest: Sendable {
  /// The pages to read, 1-based; `nil` for all.
  public var pages: PageSelection?
  /// The password of an encrypted document.
  public var password: String?
  /// What people corrected, of any documents.
  public var corrections: [Correction]
  /// The name of another program, and its version, that may be started to convert the document; `nil` where none may be,
  /// or none is needed for documents of this kind.
  public var converter: String?

  /// Creates a request.
  public init(
    pages: PageSelection? = nil, password: String? = nil, corrections: [Correction] = [], converter: String? = nil
  ) {
    self.pages = pages
    self.password = password
    self.corrections = corrections
    self.converter = converter
  }
}
