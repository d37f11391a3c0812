import PipelineKit
import Testing

@Suite struct Patterns {
  @Test func `A match counts in characters of the text, whatever stands before it`() throws {
    let text = "共收到👨‍👩‍👧申请12件"
    let match = try #require(Pattern(#"申请(?<count>\d+)"#).firstMatch(in: text))
    #expect(text[match.range] == "申请12")
    #expect(match["count"].map { text[$0] } == "12")
    #expect(match.firstGroup.map { text[$0] } == "12")
  }

  @Test func `A group that took nothing is none, and neither is one without that name`() throws {
    let match = try #require(Pattern("(?<a>x)|(?<b>y)").firstMatch(in: "y"))
    #expect(match["a"] == nil)
    #expect(match["b"] != nil)
    #expect(match["c"] == nil)
  }

  @Test func `A prefix begins the text, a whole match is all of it`() throws {
    let digits = Pattern(#"\d+"#)
    #expect(digits.prefixMatch(of: "12件") != nil)
    #expect(digits.prefixMatch(of: "共12件") == nil)
    #expect(digits.wholeMatch(of: "12件") == nil)
    #expect(digits.wholeMatch(of: "12") != nil)
  }

  @Test func `A text that would take more steps than the bound has no match, and says so soon`() throws {
    let greedy = Pattern("^(a+)+$")
    #expect(greedy.matches(String(repeating: "a", count: 20)))
    #expect(!greedy.matches(String(repeating: "a", count: 5000) + "b"))
  }
}
