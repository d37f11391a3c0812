/// How large the figures of a random table are.
enum TableSize: Int, CaseIterable {
  /// Villages to provinces: mostly natural persons, many rows of zeros.
  case tiny, town, county, city, province
  /// All columns alike: the least a table can tell.
  case dense

  static func random(using generator: inout SplitMix64) -> TableSize {
    if generator.chance(0.1) { return .dense }
    return TableSize(rawValue: generator.integer(0...4)) ?? .tiny
  }

  private var applications: ClosedRange<Int> {
    switch self {
    case .tiny: 0...5
    case .town: 5...60
    case .county: 60...700
    case .city: 700...4_000
    case .province: 4_000...20_000
    case .dense: 500...5_000
    }
  }

  /// A consistent table.
  func table(using generator: inout SplitMix64) -> ApplicationTable {
    var weights = [Double](repeating: 1, count: 6)
    if self != .dense {
      weights = [0.9, 0.06, 0.004, 0.004, 0.01, 0.02]
      if generator.chance(0.4) { (weights[2], weights[3]) = (0, 0) }
      if generator.chance(0.3) { weights[4] = 0 }
      if generator.chance(0.3) { weights[5] = 0 }
      if generator.chance(0.2) { weights = [1, 0, 0, 0, 0, 0] }
      if generator.chance(0.05) { weights = [0, 1, 0, 0, 0, 0] }
    }
    let count = generator.integer(applications)
    func tenth(of count: Int) -> Int { Int(Double(count) * Double.random(in: 0..<0.1, using: &generator)) }
    let carried = self == .tiny ? generator.integer(0...1) : tenth(of: count)
    let out = self == .tiny ? min(generator.integer(0...1), count + carried) : tenth(of: count + carried)
    var table = ApplicationTable(received: [0, 0, 0, 0, 0, 0], carriedOut: [0, 0, 0, 0, 0, 0], results: [:])
    let received = generator.share(count, by: weights)
    let carriedIn = generator.share(carried, by: weights)
    let carriedOut = generator.share(out, by: weights)
    let probability = self == .tiny ? 0.3 : self == .town ? 0.4 : rawValue >= TableSize.province.rawValue ? 0.85 : 0.6
    var rowWeights = ApplicationTable.results.map { _ -> Double in
      let size = Double.random(in: 0..<1, using: &generator)
      return self == .dense ? 0.3 + size : generator.chance(probability) ? size * size * size * 2 : 0
    }
    rowWeights[0] += 1
    rowWeights[10] += 0.8
    for column in 0..<6 {
      let all = received[column] + carriedIn[column]
      let own = min(carriedOut[column], all)
      table.figures[ApplicationTable.received][column] = received[column]
      table.figures[ApplicationTable.carriedIn][column] = carriedIn[column]
      table.figures[ApplicationTable.carriedOut][column] = own
      let shares = generator.share(all - own, by: rowWeights)
      for (row, share) in zip(ApplicationTable.results, shares) { table.figures[row][column] = share }
    }
    table.addUp()
    return table
  }
}

extension ApplicationTable {
  package static func random(using generator: inout SplitMix64) -> ApplicationTable {
    TableSize.random(using: &generator).table(using: &generator)
  }
}
