import DocumentModel

/// The cells of a header whose words are broken into different numbers of lines, each around the same middle.
///
/// ```
///  res-                       the lines of three cells side by side do not stand at the same heights: words below each
///  ult     other              other in the same columns are one cell, and each cell reaches down to the next one
///  kept             sum
/// ```
struct HeaderBlocks {
  private(set) var pieces: [AlignedTable.Piece] = []
  private(set) var count = 0

  /// White space between the lines of one cell, in font sizes.
  private static let gap = 0.9

  /// `nil` unless lines overlap, or rows of lines, `joined`, mix words with what stands below them; `lines` are all of
  /// the header.
  init?(_ lines: ArraySlice<AlignedRows.Row>, joined: [Range<Int>], em: Double, rules: [Ruling]) {
    let isStaggered = zip(lines, lines.dropFirst()).contains { upper, lower in
      upper.y1 - lower.y0 > 0.15 * min(upper.line.size, lower.line.size)
    }
    guard isStaggered || Self.mixes(joined, of: lines) || Self.breaks(joined, of: lines, at: rules) else { return nil }
    var blocks: [AlignedTable.Piece] = []
    for part in lines.flatMap(\.parts) {
      let piece = AlignedTable.Piece(row: 0, part: part)
      let above = blocks.lastIndex {
        $0.columns == part.columns && piece.box.y0 - $0.box.y1 < Self.gap * em && piece.box.midY > $0.box.midY
          && !rules.parts($0.box, piece.box)
      }
      if let above {
        blocks[above].words += piece.words
        blocks[above].box = blocks[above].box.union(piece.box)
      } else {
        blocks.append(piece)
      }
    }
    blocks.sort { ($0.box.y0, $0.box.x0) < ($1.box.y0, $1.box.x0) }
    var levels: [Int] = []
    for (index, block) in blocks.enumerated() {
      let above = (0..<index).filter {
        blocks[$0].columns.overlaps(block.columns) && blocks[$0].box.midY < block.box.y0
      }
      levels.append((above.map { levels[$0] }.max() ?? -1) + 1)
    }
    count = (levels.max() ?? -1) + 1
    let bottom = blocks.map(\.box.y1).max() ?? 0
    for (index, block) in blocks.enumerated() {
      let below = blocks.indices.filter { levels[$0] > levels[index] && blocks[$0].columns.overlaps(block.columns) }
      var cell = block
      cell.rows = levels[index]..<(below.map { levels[$0] }.min() ?? count)
      // Lines at the same heights show where cells stand: they do not reach further.
      if !isStaggered {
        let level = bottom - block.box.y1 < 0.3 * em ? count - 1 : levels[index]
        cell.rows = level..<(level + 1)
      }
      pieces.append(cell)
    }
  }
}

extension HeaderBlocks {
  /// Whether lines of one row hold words over several columns and words below them.
  private static func mixes(_ joined: [Range<Int>], of lines: ArraySlice<AlignedRows.Row>) -> Bool {
    joined.contains { range in
      let range = range.clamped(to: lines.indices)
      return range.contains { upper in
        lines[upper].parts.contains { part in
          part.isSpan
            && lines[(upper + 1)..<range.upperBound].contains { lower in
              lower.parts.contains { $0.columns != part.columns && $0.columns.overlaps(part.columns) }
            }
        }
      }
    }
  }
}

extension HeaderBlocks {
  /// Whether lines of two rows, close to each other and one of them with words over several columns, hold lines of one
  /// cell.
  private static func breaks(
    _ joined: [Range<Int>], of lines: ArraySlice<AlignedRows.Row>, at rules: [Ruling]
  ) -> Bool {
    zip(lines.indices, lines.indices.dropFirst()).contains { upper, lower in
      let (above, below) = (lines[upper], lines[lower])
      guard !joined.contains(where: { $0.contains(upper) && $0.contains(lower) }),
        below.y0 - above.y1 < 0.4 * below.line.size, (above.parts + below.parts).contains(where: \.isSpan)
      else { return false }
      return above.parts.contains { part in
        !part.isSpan
          && below.parts.contains { other in
            other.columns == part.columns
              && !rules.parts(AlignedTable.Piece(row: 0, part: part).box, AlignedTable.Piece(row: 0, part: other).box)
          }
      }
    }
  }
}

extension [Ruling] {
  /// Whether a rule runs between two boxes, one above the other, below the middle of the upper one.
  fileprivate func parts(_ upper: Box, _ lower: Box) -> Bool {
    contains {
      $0.position > upper.midY && $0.position < lower.midY && $0.start <= upper.midX && upper.midX <= $0.end
    }
  }
}
