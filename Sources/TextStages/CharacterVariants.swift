import FoundationEssentials
import PipelineKit

/// Characters and words that mean the same in texts from different places: traditional and simplified, for example.
struct CharacterVariants {
  private struct Replacement {
    var from: [UInt32]
    var to: [UInt32]
  }

  /// Replacements with the same first scalar, the longest first.
  private var groups: [[Replacement]] = []
  /// For every scalar of the basic plane 0 or one more than the index of its group; empty when there are no variants.
  private var groupOfScalar: [UInt16] = []

  /// No variants.
  init() {}

  /// Reads a file of lines `from=to`; both sides are folded, and what follows `#` is a comment. Lines may end as they do anywhere.
  ///
  /// - Throws: ``TextStageError`` with code `text.variants`.
  init(contentsOf file: OptionFile) throws {
    let text: String
    do {
      text = try String(contentsOf: URL(filePath: file.path), encoding: .utf8)
    } catch {
      throw TextStageError(
        code: "text.variants", description: "\(file.name): cannot be read as UTF-8 text", underlying: error)
    }
    try self.init(text, name: file.name)
  }

  /// Reads the lines of `text`; `name` is for messages.
  init(_ text: String, name: String) throws {
    var forms = TextForms()
    groupOfScalar = [UInt16](repeating: 0, count: 0x10000)
    for (index, line) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let content = Substring(line.prefix { $0 != UInt8(ascii: "#") })
      if content.allSatisfy(\.isWhitespace) { continue }
      let sides = content.utf8.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
      guard sides.count == 2, case let from = forms.folded(String(Substring(sides[0]))), let first = from.first,
        first < 0x10000
      else {
        throw TextStageError(
          code: "text.variants", description: "\(name):\(index + 1): a line must read from=to", underlying: nil)
      }
      let to = forms.folded(String(Substring(sides[1])))
      if to != from { add(Replacement(from: from, to: to), first: first) }
    }
    for index in groups.indices { groups[index].sort { $0.from.count > $1.from.count } }
  }

  private mutating func add(_ replacement: Replacement, first: UInt32) {
    if groupOfScalar[Int(first)] == 0 {
      groups.append([])
      groupOfScalar[Int(first)] = UInt16(groups.count)
    }
    groups[Int(groupOfScalar[Int(first)]) - 1].append(replacement)
  }

  /// Replaces every variant, at each place the longest that fits; whether there was one.
  func apply(to text: inout ScalarBuffer) -> Bool {
    guard !groups.isEmpty, let first = text.values.firstIndex(where: { group(of: $0) != nil }) else { return false }
    var result = ScalarBuffer()
    result.values.append(contentsOf: text.values[..<first])
    result.origins.append(contentsOf: text.origins[..<first])
    var isChanged = false
    var index = first
    while index < text.count {
      guard let group = group(of: text.values[index]),
        let fitting = group.first(where: { text.values[index...].starts(with: $0.from) })
      else {
        result.append(text.values[index], from: text.origins[index])
        index += 1
        continue
      }
      for (offset, scalar) in fitting.to.enumerated() {
        result.append(scalar, from: text.origins[index + min(offset, fitting.from.count - 1)])
      }
      isChanged = true
      index += fitting.from.count
    }
    text = result
    return isChanged
  }

  @inline(__always)
  private func group(of scalar: UInt32) -> [Replacement]? {
    guard scalar < 0x10000, case let index = groupOfScalar[Int(scalar)], index != 0 else { return nil }
    return groups[Int(index) - 1]
  }
}
