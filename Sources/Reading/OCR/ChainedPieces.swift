extension [PixelBox] {
  /// Around all of them; there must be one.
  var boundingBox: PixelBox { dropFirst().reduce(self[0]) { $0.union($1) } }

  /// The lines that the pieces make, followed from neighbour to neighbour (as in O'Gorman's docstrum, 1993), where no white row
  /// parts them.
  ///
  /// ```
  ///   one        a line in the middle beside two: characters of one line overlap in height and stand less than
  ///   two  head  a character apart
  /// ```
  /// Strokes of one character touch each other nearly; small pieces belong to what is nearest to them.
  func chained(em: Double) -> [[PixelBox]] {
    guard count > 1, count <= 400 else { return [self] }
    var owner = Swift.Array(indices)
    func root(_ index: Int) -> Int {
      var index = index
      while owner[index] != index { index = owner[index] }
      return index
    }
    let isTall = map { Double($0.height) >= 0.45 * em }
    for (left, right) in indices.lazy.flatMap({ left in (left + 1..<self.count).lazy.map { (left, $0) } }) {
      let (gap, apart) = self[left].distance(to: self[right])
      let shared = Swift.min(self[left].y1, self[right].y1) - Swift.max(self[left].y0, self[right].y0)
      let isLine =
        isTall[left] && isTall[right] && Double(gap) <= 0.7 * em
        && shared * 2 >= Swift.min(self[left].height, self[right].height)
      if isLine || (Double(gap) <= 0.12 * em && Double(apart) <= 0.12 * em) { owner[root(left)] = root(right) }
    }
    for small in indices where !isTall[small] {
      let near = indices.filter { isTall[$0] && root($0) != root(small) }.map { other in
        let (gap, apart) = self[small].distance(to: self[other])
        return (other: other, distance: gap + apart)
      }.min { $0.distance < $1.distance }
      if let near, Double(near.distance) <= 0.6 * em,
        !indices.contains(where: { isTall[$0] && root($0) == root(small) })
      {
        owner[root(small)] = root(near.other)
      }
    }
    let lines = Dictionary(grouping: indices, by: root).values.map { $0.map { self[$0] } }
    return lines.sorted { ($0.boundingBox.y0, $0.boundingBox.x0) < ($1.boundingBox.y0, $1.boundingBox.x0) }
  }
}

extension PixelBox {
  /// The white between two boxes, across and down; 0 where they overlap.
  fileprivate func distance(to other: PixelBox) -> (across: Int, down: Int) {
    (max(0, max(x0, other.x0) - min(x1, other.x1)), max(0, max(y0, other.y0) - min(y1, other.y1)))
  }
}
