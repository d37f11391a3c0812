public import DocumentModel
import FoundationEssentials

/// A stage that another program does, in any language: one JSON line in, one out, after a handshake.
///
/// The program is started for each document and is spoken to over its standard streams, a JSON object a line:
///
///     -> {"protocol":"gouji.stage/1","stage":"my-own","settings":{"rows":"10"}}
///     <- {"protocol":"gouji.stage/1","reads":["tables"],"writes":["tables"]}
///     -> {"format":"gouji.document/1","stage":"my-own","source":{…},"layers":{"tables":[…]},"diagnostics":[]}
///     <- {"layers":{"tables":[…]},"diagnostics":[{"code":"my.code","severity":"info","message":"…","places":[]}]}
///
/// A document that lacks a layer that the program reads is not given to it. In place of its last line it may say `{"error":{"code":"my.reason","message":"…"}}`: it cannot do this document. Then its
/// standard input ends, and it has two seconds to end, too; another line, or an end with another status than 0, is a fault. What it writes to its standard error is shown with `-v`.
///
/// It is told neither the name of the document nor what others found odd, as its answer is kept for documents of the same
/// content. It is not started before a document is there, so that to check a pipeline runs nobody's program; it may write any layer
/// as far as the check is concerned. A figure that it writes needs a place in the document, unless it was given without one. Of its program, the files that stand in the command, and those under `watches`, are part of the fingerprint.
public struct ExternalStage: Stage {
  /// Settings of an external stage.
  public struct Options: StageOptions {
    /// The program and its arguments; a word that is a file beside the pipeline file stands for its path.
    public var command: [OptionFile] = []
    /// Other files that its answer depends on, such as modules that it imports.
    public var watches: [OptionFile] = []
    /// What the program is told in the handshake.
    public var settings: [String: String] = [:]
    /// The most seconds for one document.
    public var timeout = 60.0
    /// The most bytes of an answer.
    public var outputLimit = 1 << 28

    /// The defaults, without a command.
    public init() {}

    /// What each option means.
    public static let meanings = [
      "command":
        "The program and its arguments. A word that is a file beside the pipeline file stands for its path, and the "
        + "file counts towards the fingerprint.",
      "watches": "Other files that the answer depends on, such as modules that the program imports.",
      "settings": "Texts by name that the program is told in the handshake.",
      "timeout": "The most seconds for one document.",
      "outputLimit": "The most bytes that the program may write to its standard output.",
    ]

    /// Those words of the command that are files.
    public var files: [OptionFile] { command.filter { $0.fault == nil } + watches }
  }

  /// Reads and writes what the program says.
  public static let contract = StageContract(
    "external", version: 1, summary: "Has another program do its work: a JSON line in, one out", reads: [],
    mayRead: Set(Layer.allCases), writes: Set(Layer.allCases))

  private let options: Options

  /// Ends all programs that stages of this process have started, with what these have started: for who ends the process
  /// while a stage is at work.
  public static func endPrograms() { MarkedProcesses.endAll() }

  /// Makes the stage ready; there must be a command, and the limits must be positive.
  public init(options: Options) throws {
    guard options.command.first?.name.isEmpty == false else {
      throw PipelineError("pipeline.invalid", "option 'command': the program and its arguments are expected")
    }
    guard options.timeout > 0, options.timeout < 1e6, options.outputLimit > 0 else {
      throw PipelineError("pipeline.invalid", "options 'timeout' and 'outputLimit': numbers above 0 are expected")
    }
    self.options = options
  }

  /// Has the program do its work on the layers that it says it reads.
  ///
  /// - Throws: ``ExternalError``.
  public func run(_ document: inout Document, in context: StageContext) async throws {
    let conversation = ExternalConversation(
      command: options.command.map { $0.fault == nil ? $0.path : $0.name }, timeout: options.timeout,
      outputLimit: options.outputLimit, logger: context.logger)
    // Only what the fingerprint of the stage is of: a copy of the document under another name gets the same answer.
    var given = document
    (given.source.uri, given.diagnostics) = ("", [])
    let hello = ExternalHello(stage: context.stage, settings: options.settings)
    let readable = given
    let (declaration, answer, failure) = try await conversation.run(LayerFormat.compact(hello)) { line in
      let declaration: ExternalDeclaration = try read(line, "the handshake")
      guard declaration.protocol == ExternalHello.version else {
        throw ExternalError(
          "external.bad_answer", "the program speaks '\(declaration.protocol)', not \(ExternalHello.version)")
      }
      guard declaration.reads.allSatisfy(readable.has) else { return (declaration, nil) }
      let request = DocumentFormat(readable, layers: declaration.reads, after: context.stage)
      return (declaration, LayerFormat.compact(request))
    }
    if let answer {
      let said: ExternalAnswer
      do { said = try read(answer, "the answer") } catch { throw failure ?? error }
      // What it gives as its reason says more than how it ended.
      if let failure, said.error == nil { throw failure }
      try refuseUnknownMembers(of: said, in: answer)
      try take(said, declaration, into: &document)
    } else {
      let missing = declaration.reads.filter { !given.has($0) }.sorted().map { "'\($0.rawValue)'" }
      let message =
        "'\(context.stage)' reads \(missing.joined(separator: ", ")), which no stage has written: it did nothing"
      document.diagnostics.append(Diagnostic("external.nothing_to_read", .info, message))
    }
  }

  /// Takes over what the program wrote.
  private func take(_ answer: ExternalAnswer, _ declaration: ExternalDeclaration, into document: inout Document) throws
  {
    if let error = answer.error { throw ExternalError(error.code, error.message) }
    for layer in answer.layers.written.sorted() {
      guard declaration.writes.contains(layer) else {
        throw ExternalError("external.bad_answer", "the program wrote '\(layer.rawValue)' without having said so")
      }
    }
    if let fault = PlacedFigures.fault(of: answer.layers.document, given: document) {
      throw ExternalError("external.bad_answer", fault)
    }
    for layer in answer.layers.written { document.take(layer, from: answer.layers.document) }
    document.diagnostics += answer.diagnostics ?? []
  }

  /// A misspelt member would say nothing, and nobody would know.
  private func refuseUnknownMembers(of answer: ExternalAnswer, in line: [UInt8]) throws {
    let layers: JSONValue
    do { layers = try JSONValue(json: line)["layers"] ?? .null } catch {
      throw ExternalError("external.bad_answer", "the answer is not as it must be: \(error)", underlying: error)
    }
    for layer in answer.layers.written.sorted() {
      guard let found = layers[layer.rawValue] else { continue }
      if let member = try LayerFormat.unknownMember(of: layer, in: found, readAs: answer.layers.document) {
        throw ExternalError("external.bad_answer", "there is no such member: layers.\(member)")
      }
    }
  }

  private func read<Message: Decodable>(_ line: [UInt8], _ name: String) throws -> Message {
    do { return try LayerFormat.decoded(Data(line)) } catch {
      throw ExternalError(
        "external.bad_answer", "\(name) is not as it must be: \(fault(error, in: line))", underlying: error)
    }
  }

  /// What is wrong with a line; of one that is no object, how it begins: often it is something printed to see it.
  private func fault(_ error: any Error, in line: [UInt8]) -> String {
    guard line.first == UInt8(ascii: "{") else { return "no object: \(ExternalConversation.beginning(of: line))" }
    return plainFault(error)
  }
}

/// Why an external stage did not do its work.
///
/// Codes: `external.not_started`, `external.died`, `external.timeout`, `external.flood`, `external.bad_answer`, or the one
/// that the program gives.
public struct ExternalError: CodedError {
  /// Stable and dotted.
  public var code: String
  /// One sentence for a person.
  public var description: String
  /// The error that caused it.
  public var underlying: (any Error)?

  init(_ code: String, _ message: String, underlying: (any Error)? = nil) {
    self.code = code
    self.description = message
    self.underlying = underlying
  }
}
