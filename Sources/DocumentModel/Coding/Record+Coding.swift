extension Record {
  /// Reads a record, or as much of one as the decoder is told to.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(status: try container.decode(Status.self, forKey: .status))
    fields = try container.decode([Field].self, forKey: .fields)
    if decoder.userInfo[.recordParts] as? RecordParts != .results {
      grids = try container.decode([EvidenceGrid].self, forKey: .grids)
      comparisons = try container.decode([Comparison].self, forKey: .comparisons)
    }
    checks = try container.decode([Check].self, forKey: .checks)
    repairs = try container.decode([Repair].self, forKey: .repairs)
    unexplained = try container.decode([Unexplained].self, forKey: .unexplained)
  }
}

/// What of a record is read: half of it is what stages decide by, of which the result says nothing.
public enum RecordParts: Sendable {
  case all
  /// All but grids and comparisons.
  case results
}

extension CodingUserInfoKey {
  /// A ``RecordParts``.
  public static let recordParts = CodingUserInfoKey(rawValue: "recordParts").unsafelyUnwrapped
}
