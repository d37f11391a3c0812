import DocumentModel
import Foundation
import PipelineKit
import Testing

@Suite struct `JSON that is read` {
  @Test func `Values come back as they were written, members in their order`() throws {
    let value: JSONValue = [
      "z": 1, "a": [nil, true, false, .number(0.25), -9_223_372_036_854_775_807, [:], []], "名": "a\"\\\n\u{0}é",
    ]
    #expect(try JSONValue(json: value.encoded()) == value)
    #expect(try JSONValue(json: value.encoded(isPretty: true)) == value)
  }

  @Test(arguments: ["", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\u{1}\"", "99999999999999999999", "{} {}", "nul"])
  func `What is no JSON is refused with its line`(text: String) {
    #expect { try JSONValue(json: text.utf8) } throws: { error in
      (error as? PipelineError)?.code == "json.invalid" && "\(error)".hasPrefix("line ")
    }
  }

  @Test func `Bytes that are no text are refused, and so is what is nested without end`() {
    #expect(throws: PipelineError.self) { try JSONValue(json: [0x22, 0xFF, 0x22]) }
    #expect(throws: PipelineError.self) { try JSONValue(json: String(repeating: "[", count: 100_000).utf8) }
  }

  @Test func `Objects of a file are found with the bytes that they stand in`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let bytes = Data("\n{\"a\":1}\r\n{\n  \"b\": 2\n}\n{\"c\":3}".utf8)
    try bytes.write(to: file)
    var texts = JSONTexts(try SourceLines(path: file.path))
    var found: [JSONValue] = []
    while let text = try texts.next() {
      found.append(try JSONValue(json: bytes[text.range]))
      #expect(try JSONValue(json: text.bytes) == found.last)
    }
    #expect(found == [["a": 1], ["b": 2], ["c": 3]])
  }
}
