import CPoppler
import DocumentModel

/// Filled areas and pictures with a shorter short side are rules, in points.
private let thin = 2.0
/// Strokes that are wider paint areas, in points.
private let wide = 6.0
/// How much longer than broad a picture, or broader than long a stroke, must be to be a rule in that direction.
private let slenderness = 4.0

/// The strokes and thin filled rectangles that are rules.
///
/// ```
/// ────────────  stroke                ▬▬▬▬▬▬▬▬  filled, short side below 2 pt
/// ┃  a stroke far wider than long is a rule across it        ▪  a dot counts for both directions
/// ```
///
/// Larger filled rectangles are the grounds of cells, or bars: ``fills(_:)``.
func rulings(_ segments: UnsafeBufferPointer<gouji_poppler_segment>) -> [Ruling] {
  var result: [Ruling] = []
  result.reserveCapacity(segments.count)
  for segment in segments {
    let box = Box(Double(segment.x0), Double(segment.y0), Double(segment.x1), Double(segment.y1))
    guard box.width.isFinite, box.height.isFinite else { continue }
    if segment.is_filled == 1 {
      append(filled: box, to: &result)
    } else {
      append(stroke: box, thickness: Double(segment.width), to: &result)
    }
  }
  return result
}

/// The filled rectangles that are no rules.
func fills(_ segments: UnsafeBufferPointer<gouji_poppler_segment>) -> [Box] {
  segments.compactMap { segment in
    let box = Box(Double(segment.x0), Double(segment.y0), Double(segment.x1), Double(segment.y1))
    return segment.is_filled == 1 && min(box.width, box.height) >= thin ? box : nil
  }
}

/// The filled rectangles of any colour but white.
func colouredFills(_ segments: UnsafeBufferPointer<gouji_poppler_segment>) -> [Box] {
  segments.compactMap { segment in
    segment.is_filled == 1 && segment.is_white == 0
      ? Box(Double(segment.x0), Double(segment.y0), Double(segment.x1), Double(segment.y1)) : nil
  }
}

/// The rule that a thin picture stands for.
func ruling(drawnAs picture: Box) -> Ruling? {
  let (short, long) = (min(picture.width, picture.height), max(picture.width, picture.height))
  guard short < thin, long > short * slenderness, long > thin else { return nil }
  return picture.width >= picture.height ? horizontal(picture) : vertical(picture)
}

private func append(filled box: Box, to result: inout [Ruling]) {
  guard min(box.width, box.height) < thin else { return }
  let isDot = max(box.width, box.height) < thin
  if box.width >= box.height || isDot { result.append(horizontal(box)) }
  if box.height > box.width || isDot { result.append(vertical(box)) }
}

private func append(stroke box: Box, thickness: Double, to result: inout [Ruling]) {
  let isHorizontal = box.width >= box.height
  let length = max(box.width, box.height)
  if thickness > length * slenderness, length < thin {
    let half = thickness / 2
    result.append(
      isHorizontal
        ? Ruling(.vertical, at: box.midX, from: box.midY - half, to: box.midY + half, thickness: length)
        : Ruling(.horizontal, at: box.midY, from: box.midX - half, to: box.midX + half, thickness: length))
  } else if thickness < wide {
    result.append(
      isHorizontal
        ? Ruling(.horizontal, at: box.midY, from: box.x0, to: box.x1, thickness: thickness)
        : Ruling(.vertical, at: box.midX, from: box.y0, to: box.y1, thickness: thickness))
  }
}

private func horizontal(_ box: Box) -> Ruling {
  Ruling(.horizontal, at: box.midY, from: box.x0, to: box.x1, thickness: box.height)
}

private func vertical(_ box: Box) -> Ruling {
  Ruling(.vertical, at: box.midX, from: box.y0, to: box.y1, thickness: box.width)
}
