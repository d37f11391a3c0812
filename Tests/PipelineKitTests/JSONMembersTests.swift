import PipelineKit
import Testing

@Suite struct `Members of an object` {
  private func members(_ text: String) -> [String]? {
    JSONMembers(Array(text.utf8)[...])?.members.map { "\($0.name)=\(String(decoding: $0.value, as: UTF8.self))" }
  }

  @Test func `They are found with their values as they are written`() {
    #expect(
      members(#" {"a": 1, "b" :{"c":[1,{"d":"}]\""}]} , "e":"x,y:\\" }"#) == [
        "a=1", #"b={"c":[1,{"d":"}]\""}]}"#, #"e="x,y:\\""#,
      ])
    #expect(members("{}") == [])
  }

  @Test(arguments: [
    "", "[]", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1"#, #"{"a":"x}"#, #"{"a":[1}"#, #"{"a":1}}"#,
    #"{"a":1} x"#,
    #"{"\u0061":1}"#, #"{"a":"\"#, #"{a:1}"#,
  ])
  func `What is no whole object, or has a name with an escape, has none`(text: String) {
    #expect(members(text) == nil)
  }

  @Test func `An object can be put together of some of them`() {
    let members = JSONMembers(Array(#"{"a":1,"b":[2],"c":"3"}"#.utf8)[...])
    #expect(members.map { String(decoding: $0.text { $0.name != "b" }, as: UTF8.self) } == #"{"a":1,"c":"3"}"#)
    #expect(members?["b"].map { String(decoding: $0, as: UTF8.self) } == "[2]")
  }

  @Test func `An object can be given other values, and an array other elements`() {
    let members = JSONMembers(Array(#"{"a":1,"b":[2]}"#.utf8)[...])
    let text = members?.text { $0.name == "a" ? Array("null".utf8)[...] : $0.value }
    #expect(text.map { String(decoding: $0, as: UTF8.self) } == #"{"a":null,"b":[2]}"#)
    let elements = JSONElements(Array(#" [1, {"a":[2,3]} ,"]"] "#.utf8)[...])
    #expect(elements?.elements.map { String(decoding: $0, as: UTF8.self) } == ["1", #"{"a":[2,3]}"#, #""]""#])
    #expect(
      elements.map { String(decoding: $0.text { [UInt8(ascii: "0")] + $0 }, as: UTF8.self) }
        == #"[01,0{"a":[2,3]},0"]"]"#)
  }

  @Test(arguments: ["", "{}", "[", "[1", "[1,]", "[1}", "[1] 2", #"["a]"#])
  func `What is no whole array has no elements`(text: String) {
    #expect(JSONElements(Array(text.utf8)[...]) == nil)
  }

  @Test func `An empty array has no elements, and is one`() {
    #expect(JSONElements(Array("[]".utf8)[...])?.elements == [])
  }
}
