import Statistics
import Trading

/// The compared paths of one desk of one run.
struct DeskSample: Equatable {
  /// By path, whether it came to the horizon.
  let survives: [Bool]
  /// Final over starting equity, less one.
  let returns: [Double]
  /// What its own orders cost, in quote currency.
  let costs: [Double]
  /// What they traded, likewise.
  let traded: [Double]
  /// How the impairment of each path ended, and after how many seconds; nil for paths that were never impaired.
  let impairments: [Ending<ImpairmentEnd>?]

  init(_ facts: RunContext.DeskFacts, _ run: ComparedRun, _ pairing: DeskComparison.Pairing) {
    let table = run.outcomes.table(desk: facts.desk)
    var rows = 0..<table.count
    if case .paired(let paths) = pairing {
      let first = Int(paths.lowerBound - run.paths.lowerBound)
      rows = first..<first + paths.count
    }
    func column(_ column: MeasureColumn) -> ArraySlice<Double> { table[column][rows] }
    func sum(_ columns: [MeasureColumn]) -> [Double] {
      var sums = [Double](repeating: 0, count: rows.count)
      for values in columns.map(column) { for (index, value) in values.enumerated() { sums[index] += value } }
      return sums
    }
    survives = column(.fact(.cause)).map { $0 == 0 }
    returns = column(.fact(.finalEquity)).map { $0 / facts.startEquity - 1 }
    costs = sum(MeasureColumn.costs(Measures.ExecutionCost.isCounted))
    traded = sum(MeasureColumn.notionals(.filled))
    let clock = run.context.markets[facts.market].clock
    let outcomes = DeskOutcomes(
      table,
      MeasureContext(
        startEquity: facts.startEquity, stepSeconds: clock.stepSeconds, steps: clock.steps, ruin: run.context.ruin,
        confidence: run.context.confidence))
    impairments = Array(outcomes.impairmentByPath[rows])
  }

  /// The paths that came to the horizon.
  var survivors: Proportion { Proportion(survives.count { $0 }, of: survives.count) }
  /// Costs over what was traded, in fractions.
  var costRatio: RatioOfSums { RatioOfSums(costs, over: traded, usually: 0) }
  /// Time impaired over impaired paths, in seconds.
  var timeImpaired: RatioOfSums {
    RatioOfSums(impairments.map { $0?.time ?? 0 }, over: impairments.map { $0 == nil ? 0 : 1 }, usually: 0)
  }
  /// P(recovered by the horizon | impaired).
  var recovery: RecoveryProbability { RecoveryProbability(impairments.compactMap(\.self)) }
}
