public import DocumentModel
public import PipelineKit

/// The data of the inspection page: a document after each stage, with what stages have in common kept once.
///
/// ```
/// {"generator", "pipeline", "source",
///  "pages": [{"number", "width", "height", "picture"}],
///  "pools": {"pages": […], "lines": […], …},
///  "stages": [{"id", "kind", "summary", "writes", "layers": {"pages": runs, …}}],
///  "labels": {"zh": {"year": "…"}}}
/// ```
///
/// A layer is a list of runs of its pool: where a run begins and how long it is, in turn; a layer that is not there yet is
/// left out. The parts of a record count as layers: `fields`, `grids`, `checks`, `repairs`, `unexplained`; so do
/// `diagnostics`.
public struct InspectionFormat: Sendable {
  private let trace: StageTrace
  private let pictures: [Int: PagePicture]

  /// What is known after each stage, and pictures of the pages by their numbers.
  public init(_ trace: StageTrace, pictures: [Int: PagePicture]) {
    self.trace = trace
    self.pictures = pictures
  }

  /// The data.
  ///
  /// - Parameter labels: what keys of the record are called, by language and key.
  public func json(
    pipeline: String, fingerprint: String, generator: Generator, labels: [String: [String: String]] = [:]
  ) -> JSONValue {
    var pools = Pools()
    var stages: [JSONValue] = []
    for state in trace.states {
      stages.append([
        "id": .string(state.stage), "kind": .string(state.contract.kind), "summary": .string(state.contract.summary),
        "writes": .array(state.contract.writes.sorted().map { .string($0.rawValue) }),
        "layers": pools.layers(of: state.document),
      ])
    }
    let last = trace.states.last?.document
    return [
      "format": "gouji.inspection/1", "generator": generator.json,
      "pipeline": ["name": .string(pipeline), "fingerprint": .string(fingerprint)],
      "source": last?.source.json ?? .null, "status": .string(orNull: last?.record?.status.rawValue),
      "pages": .array((last?.pages ?? []).map { inspected($0) }), "pools": pools.json, "stages": .array(stages),
      "labels": object(labels) { words in object(words) { .string($0) } },
    ]
  }

  private func object<Value>(_ values: [String: Value], _ json: (Value) -> JSONValue) -> JSONValue {
    .object(values.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, json($0.value)) })
  }

  private func inspected(_ page: Page) -> JSONValue {
    let picture = pictures[page.number].map { "data:\($0.mediaType);base64,\(base64($0.bytes))" }
    return [
      "number": .integer(page.number), "width": .number(page.width), "height": .number(page.height),
      "picture": .string(orNull: picture),
    ]
  }
}

/// All that was in a layer after some stage.
private struct Pools {
  private var pools: [(name: String, pool: ElementPool)] = []
  private var before: (document: Document, layers: [String: JSONValue])?

  var json: JSONValue { .object(pools.map { JSONValue.Member($0.name, .array($0.pool.elements)) }) }

  mutating func layers(of document: Document) -> JSONValue {
    var layers: [(String, JSONValue)] = []
    func isSame(_ layer: Layer) -> JSONValue? {
      guard let before, before.document.shares(layer, with: document) else { return nil }
      return before.layers[layer.rawValue]
    }
    if let pages = document.pages {
      layers.append(("pages", isSame(.pages) ?? runs("pages", pages.map(\.inspected))))
    }
    if let lines = document.lines {
      layers.append(("lines", isSame(.lines) ?? runs("lines", lines.map(\.inspected))))
    }
    if let blocks = document.blocks {
      layers.append(("blocks", isSame(.blocks) ?? runs("blocks", blocks.map(\.inspected))))
    }
    if let tables = document.tables {
      layers.append(("tables", isSame(.tables) ?? runs("tables", tables.map(\.inspected))))
    }
    if let record = document.record {
      let grids = GridOutline.outlines(of: record, tables: document.tables ?? []).map(\.inspected)
      layers += [
        ("fields", runs("fields", record.fields.map(\.inspected))), ("grids", runs("grids", grids)),
        ("checks", runs("checks", record.checks.map(\.json))),
        ("repairs", runs("repairs", record.repairs.map(\.json))),
        ("unexplained", runs("unexplained", record.unexplained.map { found($0.raw, $0.places) })),
      ]
    }
    let oddities = document.diagnostics.map { diagnostic -> JSONValue in
      [
        "code": .string(diagnostic.code), "severity": .string(diagnostic.severity.rawValue),
        "message": .string(diagnostic.message), "places": diagnostic.places.inspected,
      ]
    }
    layers.append(("diagnostics", runs("diagnostics", oddities)))
    before = (document, Dictionary(layers) { _, last in last })
    return .object(layers.map { JSONValue.Member($0.0, $0.1) })
  }

  private func found(_ raw: String, _ places: [Place]) -> JSONValue {
    ["raw": .string(raw), "places": places.inspected]
  }

  private mutating func runs(_ name: String, _ list: [JSONValue]) -> JSONValue {
    let index = pools.firstIndex { $0.name == name } ?? pools.count
    if index == pools.count { pools.append((name, ElementPool())) }
    return pools[index].pool.runs(of: list)
  }
}
