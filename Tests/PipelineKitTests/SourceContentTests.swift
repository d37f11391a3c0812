import Foundation
import PipelineKit
import Testing

@Suite struct `The bytes of a source` {
  @Test func `A stream without an end is given up`() {
    let error = #expect(throws: PipelineError.self) { try SourceContent(path: "/dev/zero", streamLimit: 3_000_000) }
    #expect(error?.code == "limit.memory")
  }

  @Test func `A device without bytes is empty`() throws {
    #expect(try SourceContent(path: "/dev/null").bytes.isEmpty)
  }

  @Test(arguments: ["", "/there/is/none", "/tmp"])
  func `What is no document is unreadable, in words for a person`(path: String) {
    let error = #expect(throws: PipelineError.self) { try SourceContent(path: path) }
    #expect(error?.code == "input.unreadable")
    #expect(error?.message.contains("Error") == false)
  }
}
