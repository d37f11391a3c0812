import Foundation
import Testing

@Suite struct `Versions of goldens` {
  private func versions(
    _ golden: String, read: Int = 1, fingerprint: String = "a", source: String = "text"
  ) -> GoldenVersions {
    var versions = GoldenVersions(stages: ["read": read], fingerprint: fingerprint)
    versions.add("one", source: Data(source.utf8), golden: Data(golden.utf8))
    return versions
  }

  @Test func `They are read as they are written`() {
    let written = versions("12")
    #expect(GoldenVersions(recorded: written.text) == written)
  }

  @Test func `A golden that changed while nothing else did is a fault, named`() {
    #expect(versions("12").fault(since: versions("12")) == nil)
    let fault = versions("13").fault(since: versions("12"))
    #expect(fault?.contains("the records of one changed, and neither the version of a stage rose") == true)
  }

  @Test func `A golden may change with a version, with the data of the pipeline and with its document`() {
    let recorded = versions("12")
    for current in [
      versions("13", read: 2, fingerprint: "b"), versions("13", fingerprint: "b"), versions("13", source: "other"),
    ] {
      #expect(current.fault(since: recorded) == nil)
      #expect(!current.agrees(with: recorded))
    }
  }

  @Test func `A new document and data without consequences are no fault`() {
    var more = versions("12", fingerprint: "b")
    #expect(more.agrees(with: versions("12")))
    more.add("two", source: Data(), golden: Data())
    #expect(more.fault(since: versions("12")) == nil)
    #expect(!more.agrees(with: versions("12")))
  }

  @Test func `A version never sinks`() {
    #expect(versions("12").fault(since: versions("12", read: 2))?.contains("read is lower") == true)
  }
}
