/// Steele, Lea and Flood's generator: small, and the same everywhere.
package struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  package mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &self) < probability }

  /// Splits a count at random by weights.
  mutating func share(_ count: Int, by weights: [Double]) -> [Int] {
    var left = count
    var weight = weights.reduce(0, +)
    return weights.indices.map { index in
      let isLast = !weights[(index + 1)...].contains { $0 > 0 }
      let share = isLast ? (weights[index] > 0 ? left : 0) : binomial(left, min(1, weights[index] / weight))
      left -= share
      weight -= weights[index]
      return share
    }
  }

  /// A binomial number; by the normal law where the count is large.
  private mutating func binomial(_ count: Int, _ probability: Double) -> Int {
    if count <= 60 { return (0..<count).reduce(0) { sum, _ in sum + (chance(probability) ? 1 : 0) } }
    let deviates = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0..<1, using: &self) }
    let variance = Double(count) * probability * (1 - probability)
    return min(count, max(0, Int((Double(count) * probability + deviates * variance.squareRoot()).rounded())))
  }
}
