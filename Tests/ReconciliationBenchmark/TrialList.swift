import ReconciliationTrials

extension Trial {
  /// The kinds of damage and, for each, the share of whole tables that the method was measured with.
  static let applications: [Trial] = singles + pairs + misprints + hostile

  private static let singles: [Trial] = [
    Trial(damages: [.none], leastFull: 100),
    Trial(damages: [.lostColumn], leastFull: 100),
    Trial(damages: [.lostColumnUnheaded], leastFull: 16.3),
    Trial(damages: [.twoLostColumns], leastFull: 21.2),
    Trial(damages: [.twoLostColumnsUnheaded], leastFull: 0),
    Trial(damages: [.headerLostLabel], leastFull: 100),
    Trial(damages: [.ragged], leastFull: 98.4),
    Trial(damages: [.raggedHalf], leastFull: 84.9),
    Trial(damages: [.totalLostAndOneMore], leastFull: 44.7),
    Trial(damages: [.columnAndFourCells], leastFull: 76.6),
    Trial(damages: [.zerosBlank], leastFull: 87.9),
    Trial(damages: [.someBlank], leastFull: 90.2),
    Trial(damages: [.zerosVanish], leastFull: 10.1),
    Trial(damages: [.someZerosVanish], leastFull: 81.1),
    Trial(damages: [.lostRow], leastFull: 100),
    Trial(damages: [.twoLostRows], leastFull: 53),
    Trial(damages: [.glued], leastFull: 100),
    Trial(damages: [.gluedEverywhere], leastFull: 52.1),
    Trial(damages: [.split], leastFull: 100),
    Trial(damages: [.extra], leastFull: 100),
    Trial(damages: [.shifted], leastFull: 96.1),
    Trial(damages: [.misread], leastFull: 80.5),
    Trial(damages: [.lostRowAndLabel], leastFull: 34),
  ]

  private static let pairs: [Trial] = [
    Trial(damages: [.lostColumn, .ragged], leastFull: 83.5),
    Trial(damages: [.lostColumn, .glued], leastFull: 100),
    Trial(damages: [.lostColumn, .extra], leastFull: 100),
    Trial(damages: [.lostColumn, .split], leastFull: 100),
    Trial(damages: [.lostColumn, .lostRow], leastFull: 100),
    Trial(damages: [.ragged, .glued], leastFull: 99),
    Trial(damages: [.ragged, .extra], leastFull: 92.1),
    Trial(damages: [.glued, .extra], leastFull: 96.2),
    Trial(damages: [.glued, .split], leastFull: 100),
    Trial(damages: [.glued, .glued], leastFull: 95.9),
    Trial(damages: [.extra, .extra], leastFull: 99.6),
    Trial(damages: [.lostRow, .ragged], leastFull: 82.2),
    Trial(damages: [.lostRow, .glued], leastFull: 98.3),
    Trial(damages: [.someZerosVanish, .lostRow], leastFull: 45.1),
    Trial(damages: [.someZerosVanish, .glued], leastFull: 82.1),
  ]

  private static let misprints: [Trial] =
    [Trial(damages: [.none], hasMisprint: true, leastFull: 100)]
    + [
      .lostColumn, .ragged, .raggedHalf, .totalLostAndOneMore, .columnAndFourCells, .zerosBlank, .someBlank,
      .someZerosVanish,
      .lostRow,
      .glued, .split, .extra,
    ].map { Trial(damages: [$0], hasMisprint: true) }

  /// What is no table at all has to end in time.
  private static let hostile = [Trial(damages: [.nonsense]), Trial(damages: [.extremes])]

  /// The same damages for a table of another schema, of which no measurement exists.
  static let budgets: [Trial] = (singles + pairs).map { Trial(damages: $0.damages) } + misprints.prefix(1)
}
