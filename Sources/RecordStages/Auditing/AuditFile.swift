import PipelineKit

/// Rules over the years of one body, as they stand in a file beside a pipeline.
struct AuditFile: Codable {
  var audit: String
  var format: Int
  /// Pointers to the name of the body and to the year that a record is about.
  var body: String
  var year: String
  var rules: [Rule]

  struct Rule: Codable {
    var id: String
    var severity: String
    var message: String
    /// What stands for `*` in the pointers, one check for each.
    var each: [String]?
    var left: [Term]
    var right: [Term]
  }

  /// A figure of this year or of the year before, so many times.
  struct Term: Codable {
    var this: String?
    var before: String?
    var times: Int?
  }
}
