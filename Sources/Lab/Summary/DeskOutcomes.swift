import Trading

/// The outcomes of one desk, column by column, in the order of the paths.
struct DeskOutcomes {
  /// The columns that a summary is made from.
  static func columns(level: Double) -> [String] {
    ["path"] + Column.allCases.map { $0.name(level: level) }
  }

  /// A column that a summary is made from; recovery's are those of the study's level.
  enum Column: Int, CaseIterable {
    case cause, ruinStep, state, impairedStep, recoveryStep, censorStep
    case minimumEquity, finalEquity, maximumDrawdown, timeUnderWater
    case halfSpreadCalm, impactCalm, feesCalm, delayCalm, driftCalm, opportunityCalm, financingCalm, liquidationCalm
    case halfSpreadEvent, impactEvent, feesEvent, delayEvent, driftEvent, opportunityEvent, financingEvent
    case liquidationEvent
    case wantedNotionalCalm, wantedNotionalEvent, filledNotionalCalm, filledNotionalEvent

    /// The column's name in the store.
    func name(level: Double) -> String {
      switch self {
      case .state, .impairedStep, .recoveryStep, .censorStep: "\(self)" + (level == 1 ? "100" : "95")
      default: "\(self)"
      }
    }
  }

  private(set) var paths: [Int64] = []
  private var values: [[Double]] = Array(repeating: [], count: Column.allCases.count)
  /// Whether each column is kept as a whole number in the store.
  private static let isInteger: [Bool] = Column.allCases.map {
    $0.rawValue <= Column.censorStep.rawValue || $0 == .timeUnderWater
  }

  var count: Int { paths.count }

  /// Makes room.
  mutating func reserve(_ count: Int) {
    paths.reserveCapacity(count)
    for index in values.indices { values[index].reserveCapacity(count) }
  }

  /// Appends a row with the columns of `columns(level:)`, as the store gives them.
  mutating func append(_ words: UnsafeBufferPointer<UInt64>, from first: Int) {
    paths.append(Int64(bitPattern: words[first]))
    for index in values.indices {
      let word = words[first + 1 + index]
      values[index].append(Self.isInteger[index] ? Double(Int64(bitPattern: word)) : Double(bitPattern: word))
    }
  }

  subscript(column: Column) -> [Double] { values[column.rawValue] }
}

extension ResultsStore {
  /// Hands out the outcomes of all desks, one desk after the other; a few desks at a time are in memory.
  func forEachDesk(
    desks: Int, paths: Int, level: Double, _ body: (_ desk: Int, DeskOutcomes) throws -> Void
  ) throws {
    let names = ["desk"] + DeskOutcomes.columns(level: level)
    let atOnce = max(1, min(desks, Self.bytesAtOnce / max(1, paths * names.count * 8)))
    for first in stride(from: 0, to: desks, by: atOnce) {
      let range = first...min(first + atOnce, desks) - 1
      var outcomes = range.map { _ in DeskOutcomes() }
      for index in outcomes.indices { outcomes[index].reserve(paths) }
      try readOutcomes(names, desks: range) { words in
        outcomes[Int(words[0]) - first].append(words, from: 1)
      }
      for (desk, outcomes) in zip(range, outcomes) { try body(desk, outcomes) }
    }
  }

  /// Bytes of outcomes that are in memory at once when a summary is made.
  private static let bytesAtOnce = 64 << 20
}
