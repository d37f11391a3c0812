import DocumentModel
import PipelineKit
import Testing

private func text(_ value: JSONValue, isPretty: Bool = false) -> String {
  String(decoding: value.encoded(isPretty: isPretty), as: UTF8.self)
}

@Suite struct `JSON output` {
  @Test func `Members keep their order`() {
    #expect(text(["b": 1, "a": [true, nil, "x"]]) == #"{"b":1,"a":[true,null,"x"]}"#)
  }

  @Test func `Coordinates have at most two decimals and no trailing zeros`() {
    #expect(text([.number(1.005), .number(-0.5), .number(12), .number(0.1), .number(.nan)]) == "[1,-0.5,12,0.1,null]")
  }

  @Test func `Control characters, quotes and backslashes are escaped, Chinese is not`() {
    #expect(text("\u{1}\"\\\n\t县") == #""\u0001\"\\\n\t县""#)
  }

  @Test func `Pretty output keeps short lists on one line`() {
    #expect(
      text(["box": [1, 2], "empty": [], "list": [["a": 1]]], isPretty: true) == """
        {
          "box": [1, 2],
          "empty": [],
          "list": [
            {
              "a": 1
            }
          ]
        }
        """)
  }

  @Test func `A value put at a path makes the objects on the way`() {
    var value = JSONValue.object([])
    value.set(1, at: "a/b".split(separator: "/"))
    value.set(2, at: "a/c".split(separator: "/"))
    #expect(value == ["a": ["b": 1, "c": 2]])
  }
}
