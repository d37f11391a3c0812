/// How much a worker has done, by which it is replaced: what libraries leak goes with it.
///
/// The first document of a new worker may lie deep in an archive of which all that is before it has to be unpacked again.
/// The longer that took, the longer the worker stays, so that no more than a twentieth of all work is done twice.
struct WorkerAge: Equatable {
  /// How often it has worked as long as it took to get at its first document, before it is replaced.
  static let ways = 20.0

  private(set) var documents = 0
  private var seconds = 0.0
  private var way = 0.0

  /// Counts a document that took `seconds`, of which it was on the `way` to it in an archive.
  mutating func add(seconds: Double, way: Double) {
    documents += 1
    self.seconds += seconds
    if documents == 1 { self.way = way }
  }

  /// Whether it has had so many documents, and worked for so long that a new one pays; at most for `most` seconds.
  func isOver(after documents: Int, most: Double) -> Bool {
    self.documents >= documents && seconds >= min(way * Self.ways, most)
  }
}
