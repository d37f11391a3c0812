extension Label {
  /// How much of this label `pieces` say one after the other, from 0 to 1; below three quarters it is 0.
  ///
  /// ```
  /// 2. comics and   |           comics and + graphic novels = comics and graphic novels
  /// adults    | 4 0 | 4
  /// graphic novels  |
  /// ```
  /// Its beginning is among the `first` pieces; what stands between pieces of it is of other labels. One of those that has a
  /// number before it begins the name of another row: the figures behind it are not this one's.
  fileprivate func likeness(toPieces pieces: [Label], first: Int) -> Double {
    let letters = unnumbered
    guard letters.count >= Self.shortestTorn else { return 0 }
    return pieces.indices.prefix(first).reduce(0) { best, start in
      guard pieces[start].core.count > 1 else { return best }
      var rest = letters
      var used: [Label] = []
      for (index, piece) in pieces[start...].enumerated() {
        let words = index == 0 ? piece.unnumbered : piece.core[...]
        if !words.isEmpty, rest.starts(with: words) {
          rest = rest.dropFirst(words.count)
          used.append(piece)
        } else if index == 0 || start + index < first && piece.isNumbered {
          return best
        }
      }
      let said = Double(letters.count - rest.count) / Double(letters.count)
      return used.count > 1 && said >= 0.75 && !used.contains { isOpposed(to: $0) } ? max(best, said) : best
    }
  }

  /// The fewest letters of a label that is put together of pieces.
  private static let shortestTorn = 6
}

extension [Label] {
  /// How well pieces say one of these labels, its beginning among the `first` of them, from 0 to 1.
  func likeness(toPieces pieces: [Label], first: Int) -> Double {
    guard pieces.count > 1 else { return 0 }
    return reduce(0) { Swift.max($0, $1.likeness(toPieces: pieces, first: first)) }
  }
}
