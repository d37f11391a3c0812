/// What is taken out of archives at most; whoever made them may mean harm.
public struct InputLimits: Codable, Hashable, Sendable {
  /// Bytes of one document, and of an archive in an archive that has to be held in memory.
  public var entryBytes = 256 << 20
  /// Bytes that are unpacked from one file, all told.
  public var archiveBytes = 4 << 40
  /// Entries of one file, with those of the archives in it.
  public var entries = 10_000_000
  /// Unpacked bytes for each packed one; no document does even 100. Counts from ``InputLimits/ratioFloor`` on.
  public var ratio = 250
  /// Archives in archives, the outermost counted.
  public var depth = 4

  /// Unpacked bytes up to which nothing is called a bomb.
  public static let ratioFloor = 16 << 20

  /// The defaults.
  public init() {}

  /// Whether so much out of so little is a bomb.
  func isBomb(unpacked: Int, packed: Int) -> Bool {
    unpacked > Self.ratioFloor && unpacked / max(1, ratio) > packed
  }
}
