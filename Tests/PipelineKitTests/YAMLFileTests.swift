import Foundation
import PipelineKit
import Testing

private struct Shelf: Decodable, Equatable {
  struct Book: Decodable, Equatable {
    var title: String
    var pages: Int?
    var isLent: Bool?
  }
  var name: String
  var books: [Book]
  var codes: [String: Int]?
}

/// The value of a file with this content, or what is wrong with it, without the folder.
private func shelf(_ yaml: String) throws -> (value: Shelf?, faults: [String]) {
  let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
  defer { try? FileManager.default.removeItem(atPath: path) }
  try Data(yaml.utf8).write(to: URL(filePath: path))
  do {
    return (try decodeYAML(at: path), [])
  } catch let error as PipelineError {
    return (nil, error.message.split(separator: "\n").map { String($0.trimmingPrefix(path + ":")) })
  }
}

@Suite struct `Files in YAML` {
  @Test func `A value is read with its lists, dictionaries and what is left out`() throws {
    let yaml = "name: top\nbooks: [{ title: '12', pages: 12, isLent: true }, { title: B }]\ncodes: { a: 1, b: 2 }"
    let expected = Shelf(
      name: "top", books: [.init(title: "12", pages: 12, isLent: true), .init(title: "B")], codes: ["a": 1, "b": 2])
    #expect(try shelf(yaml).value == expected)
  }

  @Test(arguments: [
    ("name: top\nbooks:\n  - title: A\n    pags: 3", ["4: unknown key 'pags'; did you mean 'pages'?"]),
    (
      "nmae: top\nname: x\nbooks: []\nshelf: 1",
      ["1: unknown key 'nmae'; did you mean 'name'?", "4: unknown key 'shelf'"]
    ),
    ("name: top\nbooks:\n  - pages: 3", ["3: 'books': 'title' is missing"]),
    ("name: top\nbooks:\n  - { title: A, pages: many }", ["3: 'books.pages': a whole number is expected"]),
    ("name: top\nbooks: A", ["2: 'books': a list is expected"]),
    ("name: [top]\nbooks: []", ["1: 'name': a text is expected"]),
    ("name: top\nname: top\nbooks: []", ["2: 'name' is already written in line 1"]),
    ("name: top\nbooks:\n  - {title: A,\u{7}}", ["3: the character U+0007 may not stand in a YAML file"]),
    ("name: top\nbooks:\n  - { title: A, isLent: perhaps }", ["3: 'books.isLent': true or false is expected"]),
  ])
  func `What is wrong is said with its line and its keys`(yaml: String, faults: [String]) throws {
    #expect(try shelf(yaml).faults == faults)
  }

  @Test func `A file that is not there, or empty, or no YAML is refused`() throws {
    #expect(throws: PipelineError.self) { let _: Shelf = try decodeYAML(at: "/nowhere.yaml") }
    let folder = #expect(throws: PipelineError.self) { let _: Shelf = try decodeYAML(at: "/tmp") }
    #expect(folder?.message.contains("no such file") == false)
    #expect(try shelf("").faults.count == 1)
    #expect(try shelf("name: ]").faults.count == 1)
  }

  @Test func `What an anchor names may be used again`() throws {
    let yaml = "name: &n top\nbooks: [&b { title: *n, pages: 3 }, *b]"
    #expect(try shelf(yaml).value?.books == [.init(title: "top", pages: 3), .init(title: "top", pages: 3)])
  }

  @Test func `Aliases that make a file endless are refused`() throws {
    #expect(try shelf("name: top\nbooks: &b [*b]").faults == ["2: what begins here holds itself"])
    let levels = (1...9).map {
      "l\($0): &l\($0) [\(Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ", "))]"
    }
    let bomb = "l0: &l0 x\n" + levels.joined(separator: "\n")
    #expect(try shelf(bomb).faults == ["1: with its aliases the file has more than 1000000 values"])
  }

  @Test func `A second document and a nesting without end are refused`() throws {
    #expect(try shelf("name: top\nbooks: []\n---\nname: b").faults == ["4: a second document begins here"])
    let deep = "name: top\nbooks: " + String(repeating: "[", count: 999) + String(repeating: "]", count: 999)
    #expect(try shelf(deep).faults == ["2: what stands here is nested too deeply"])
  }

  @Test func `A file in another encoding is refused with the first line that is not UTF-8`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
    defer { try? FileManager.default.removeItem(at: path) }
    try (Data("name: top\nbooks: [{ title: ".utf8) + [0xC4, 0xEA] + Data(" }]\n".utf8)).write(to: path)
    let error = #expect(throws: PipelineError.self) { let _: Shelf = try decodeYAML(at: path.path) }
    #expect(error?.message == "\(path.path):2: the file is not UTF-8")
  }
}
