import DocumentModel
import Foundation
import PipelineKit
import Reporting
import TestSupport
import Testing

@testable import gouji

/// What the program writes and takes, against what it says of it.
@Suite struct `Every schema` {
  private func schema(_ name: String) async throws -> String {
    let run = try await Program.run("schema", name)
    #expect(run.status == 0, "\(run.messages)")
    return run.text
  }

  private func expectFit(_ trials: [SchemaValidator.Trial], _ name: String) async throws {
    let faults = try await SchemaValidator.faults(of: trials, against: try await schema(name))
    #expect(faults.filter { !$0.isEmpty } == [])
  }

  @Test func `Every golden record fits the schema of records`() async throws {
    var trials: [SchemaValidator.Trial] = []
    for fixture in Checkout.fixtures {
      let json = RecordFormat.json(
        try await FixtureRuns.document(of: fixture), pipeline: try ShippedPipeline.load("annual-report").identity,
        generator: SharedOptions.generator)
      trials.append(.init(text: String(decoding: json.encoded(), as: UTF8.self)))
    }
    #expect(trials.count > 20)
    try await expectFit(trials, "record")
  }

  @Test(arguments: ["yunqi-2023-weasyprint", "yunqi-2023-tab"])
  func `Tables, layers of a store and layers between two stages fit theirs`(fixture: String) async throws {
    try await withFolder { folder in
      let report = try source(fixture).path
      let tables = try await Program.run("tables", report)
      #expect(tables.text.contains("\"cells\""))
      try await expectFit([.init(text: tables.text)], "tables")
      let run = try await Program.run("run", report, "--store", folder.path)
      #expect(run.status == 0, "\(run.messages)")
      let part = try await Program.run("run", report, "--store", folder.path, "--until", "text.blocks")
      var trials = [SchemaValidator.Trial(text: part.text)]
      let document = try #require(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).first { !$0.hasPrefix(".") })
      for layer in Layer.allCases {
        for stage in try FileManager.default.contentsOfDirectory(atPath: folder.path + "/\(document)").sorted() {
          guard let json = try ArtefactStore(folder: folder.path).json(of: layer, document: document, stage: stage)
          else { continue }
          trials.append(.init(text: String(decoding: json, as: UTF8.self), part: layer.rawValue))
        }
      }
      #expect(Set(trials.compactMap(\.part)).count >= 4)
      try await expectFit(trials, "document")
    }
  }

  @Test func `What comes out of a document in an archive fits its schema, place and all`() async throws {
    try await withFolder { folder in
      let run = try await Program.shell(
        """
        cd '\(folder.path)' && cp '\(try source("yunqi-2023-tab").path)' a.txt && tar -cf a.tar a.txt &&
        $gouji tables 'a.tar#0' | tr -d '\\n' && echo && $gouji run -q 'a.tar#0' | tr -d '\\n'
        """)
      #expect(run.status == 0, "\(run.messages)")
      let lines = run.text.split(separator: "\n", maxSplits: 1).map(String.init)
      try #require(lines.count == 2 && lines.allSatisfy { $0.contains("\"container\": \"a.tar\"") })
      try await expectFit([.init(text: lines[0])], "tables")
      try await expectFit([.init(text: lines[1])], "record")
      let document =
        #"{"format":"gouji.document/1","stage":"a","source":{"uri":"","sha256":"","bytes":0,"media_type":"","pages":null,"member":{"container":"a.tar","entry":0}},"layers":{},"diagnostics":[]}"#
      try await expectFit([.init(text: document)], "document")
    }
  }

  @Test(arguments: ShippedPipeline.names)
  func `A shipped pipeline fits the schema that its first line names for editors`(name: String) async throws {
    let yaml = try Data(contentsOf: Checkout.root.appending(path: "Pipelines/\(name)/pipeline.yaml"))
    #expect(yaml.starts(with: "# yaml-language-server: $schema=../pipeline.schema.json\n".utf8))
    let value = try #require(try YAMLNode(yaml: yaml)).value
    try await expectFit([.init(text: String(decoding: value.encoded(), as: UTF8.self))], "pipeline")
  }

  @Test func `Pipelines has the schema of the stages that there are`() async throws {
    let golden = Golden(Checkout.root.appending(path: "Pipelines/pipeline.schema.json"))
    let difference = try golden.difference(from: try await schema("pipeline"))
    #expect(difference == nil, "\(difference ?? "")")
  }

  /// Formats, a text that fits, and texts that do not.
  private static let wrong: [(format: String, right: String, wrong: [String])] = [
    (
      "pipeline", #"{"pipeline":"x","format":1,"stages":[{"use":"read","options":{"pdfReader":"tap"}}]}"#,
      [
        #"{"pipeline":"x","stages":[{"use":"read"}]}"#, #"{"pipeline":"x","format":2,"stages":[{"use":"read"}]}"#,
        #"{"pipeline":"x","format":1,"stages":[]}"#, #"{"pipeline":"x","format":1,"stages":[{"use":"raed"}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"id":"read"}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"use":"read","option":{}}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"use":"read","options":{"pdfRaeder":"tap"}}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"use":"read","options":{"pdfReader":"sap"}}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"use":"read","options":{"textLimit":"many"}}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"use":"record.map","options":{"schemas":"a.yaml"}}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"use":"table.trim","options":{"captions":{"captions":[]}}}]}"#,
        #"{"pipeline":"x","format":1,"stages":[{"use":"external","options":{"command":[["a"]]}}]}"#,
      ]
    ),
    (
      "manifest", #"{"v":1,"id":"a","source":{"path":"a.pdf"}}"#,
      [
        #"{"v":2,"id":"a","source":{"path":"a.pdf"}}"#, #"{"v":1,"source":{"path":"a.pdf"}}"#, #"{"v":1,"id":"a"}"#,
        #"{"v":1,"id":"a","source":{"path":"a.zip","entry":1}}"#, #"{"v":1,"id":"a","source":{"container":"a.zip"}}"#,
        #"{"v":1,"id":"a","source":{"container":"a.warc","offset":1}}"#,
        #"{"v":1,"id":"a","source":{"container":"a.zip","entry":-1}}"#,
      ]
    ),
    (
      "document",
      #"{"format":"gouji.document/1","stage":"a","source":{"uri":"","sha256":"","bytes":0,"media_type":"","pages":null},"layers":{"lines":[{"text":"a","place":{"line":1,"columns":[1,1]},"words":[],"size":0,"role":"body"}]},"diagnostics":[]}"#,
      [
        #"{"format":"gouji.document/1","stage":"a","source":{"uri":"","sha256":"","bytes":0,"media_type":"","pages":null},"layers":{"words":[]},"diagnostics":[]}"#,
        #"{"format":"gouji.document/1","stage":"a","source":{"uri":"","sha256":"","bytes":0,"media_type":"","pages":null},"layers":{"lines":[{"text":"a","place":{"line":1,"columns":[1,1]},"words":[],"size":0,"role":"head"}]},"diagnostics":[]}"#,
        #"{"format":"gouji.document/1","stage":"a","source":{"uri":"","sha256":"","bytes":0,"media_type":"","pages":null},"layers":{"lines":[{"text":"a","place":{"page":1},"words":[],"size":0,"role":"body"}]},"diagnostics":[]}"#,
      ]
    ),
  ]

  @Test(arguments: wrong.map(\.format))
  func `What is wrong does not fit`(format: String) async throws {
    let (_, right, wrong) = try #require(Self.wrong.first { $0.format == format })
    let trials = ([right] + wrong).map { SchemaValidator.Trial(text: $0) }
    let faults = try await SchemaValidator.faults(of: trials, against: try await schema(format))
    #expect(faults.first == "")
    for (text, fault) in zip(wrong, faults.dropFirst()) { #expect(!fault.isEmpty, "\(text)") }
  }

  @Test func `A record does not fit with a member, a state, a place or a number that there is not`() async throws {
    let run = try await Program.run("run", try source("yunqi-2023-weasyprint").path)
    let changes: [(from: String, to: String)] = [
      (#""status": "complete""#, #""status": "done""#), (#""state": "printed""#, #""state": "guessed""#),
      (#""format": "gouji.record/1""#, #""format": "gouji.record/2""#), (#""page": 2"#, #""page": 0"#),
      (#""repairs":"#, #""repair":"#), (#""year": 2023"#, #""year": 2023.5"#), (#""member": null"#, #""member": 3"#),
      (#""severity": "error""#, #""severity": "bad""#), (#""sha256": ""#, #""sha256": "x"#),
      (#""/applications/granted/total":"#, #""applications.granted.total":"#),
    ]
    let trials = try changes.map { change in
      let found = try #require(run.text.range(of: change.from), "\(change.from)")
      return SchemaValidator.Trial(text: run.text.replacingCharacters(in: found, with: change.to))
    }
    let faults = try await SchemaValidator.faults(of: trials, against: try await schema("record"))
    for (change, fault) in zip(changes, faults) { #expect(!fault.isEmpty, "\(change.to)") }
  }

  @Test func `A format that there is not is refused`() async throws {
    let run = try await Program.run("schema", "recrod")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
  }
}

extension YAMLNode {
  /// As JSON, scalars by the core schema of YAML 1.2.
  fileprivate var value: JSONValue {
    switch content {
    case .mapping(let pairs): .object(pairs.map { .init($0.key.string ?? "", $0.value.value) })
    case .sequence(let elements): .array(elements.map(\.value))
    case .scalar(let text, let isPlain):
      if !isPlain {
        .string(text)
      } else if isNothing {
        .null
      } else if let flag = Bool(text) {
        .bool(flag)
      } else if let number = Int(text) {
        .integer(number)
      } else if let number = Double(text) {
        .number(number)
      } else {
        .string(text)
      }
    }
  }
}
