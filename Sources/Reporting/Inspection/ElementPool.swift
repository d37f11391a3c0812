import DocumentModel
import PipelineKit

/// What is the same after many stages, kept once.
///
/// ```
/// after text.lines   l0 l1 l2          elements  l0 l1 l2 m1      runs  [0, 3]
/// after text.running l0 m1 l2                                           [0, 1, 3, 1, 2, 1]
/// ```
struct ElementPool {
  /// In the order in which they came.
  private(set) var elements: [JSONValue] = []
  // By their bytes: two spellings of a letter are equal as text, and not the same.
  private var indices: [[UInt8]: Int] = [:]

  /// Where these stand among the elements: where a run begins and how long it is, in turn.
  mutating func runs(of list: [JSONValue]) -> JSONValue {
    var runs: [Int] = []
    for element in list {
      let index = index(of: element)
      if let length = runs.last, runs[runs.count - 2] + length == index {
        runs[runs.count - 1] += 1
      } else {
        runs += [index, 1]
      }
    }
    return .array(runs.map { .integer($0) })
  }

  private mutating func index(of element: JSONValue) -> Int {
    let bytes = element.encoded()
    if let index = indices[bytes] { return index }
    indices[bytes] = elements.count
    elements.append(element)
    return elements.count - 1
  }
}
