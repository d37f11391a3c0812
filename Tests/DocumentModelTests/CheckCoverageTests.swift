import DocumentModel
import Testing

@Suite struct `The coverage of checks` {
  private func check(_ id: String, _ status: Check.Status) -> Check {
    Check(id: id, instance: "", status: status, severity: .warning, message: "")
  }

  @Test func `Every check is counted once, and rules that were not assessed are named`() {
    let coverage = CheckCoverage([
      check("A-1", .pass), check("B-1", .notAssessable), check("A-1", .fail), check("C-1", .notAssessable),
      check("B-1", .notAssessable),
    ])
    #expect("\(coverage)" == "5 checks: 1 pass, 1 fail, 3 not assessable (B-1 2, C-1 1)")
    #expect(coverage.total == 5)
  }

  @Test func `Nothing is said of what there is none of`() {
    #expect("\(CheckCoverage([check("A-1", .pass)]))" == "1 check: 1 pass")
    #expect(CheckCoverage([]).total == 0)
  }
}
