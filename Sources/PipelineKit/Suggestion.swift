/// The candidate that was probably meant: at most a third of its letters differ.
func suggestion(for word: String, among candidates: [String]) -> String? {
  let nearest = candidates.map { ($0, editDistance(word, $0)) }.min { $0.1 < $1.1 }
  guard let (candidate, distance) = nearest, distance * 3 <= max(candidate.count, 3) else { return nil }
  return candidate
}

/// The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
func editDistance(_ left: String, _ right: String) -> Int {
  let a = Array(left.lowercased())
  let b = Array(right.lowercased())
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
