import Foundation

/// The measures of a desk, in the order in which they are listed.
package enum Measures {
  /// All measures; a new one is a line here and a file of its own.
  package static let catalogue: [any Measure] = [
    Survival(),
    RuinFromEvent(),
    TimeSurvived(),
    RuinCauses(),
    SurvivalInTime(),
    SurvivalByLoss(),
    Recovery(),
    RecoveryShares(),
    MedianRecovery(),
    TimeImpaired(),
    RecoveredInTime(),
    RuinedInTime(),
    ExecutionCost(),
    CostWithForcedSales(),
    FilledShare(),
    CostSplit(),
    ImpactShare(),
    ForcedSaleShare(),
    FinalReturnMean(),
    FinalReturnQuantiles(),
    FinalReturnFrequencies(),
    ExpectedShortfall(),
    DrawdownQuantiles(),
    DrawdownFrequencies(),
    TimeUnderWater(),
    ImplementationShortfall(),
    ShortfallRisk(),
    ShortfallTail(),
    Completion(),
    AnnualReturn(),
    AnnualVolatility(),
    SharpeRatio(),
    SortinoRatio(),
    CalmarRatio(),
    WinRate(),
    ProfitFactor(),
    Turnover(),
    Exposure(),
    TimeInvested(),
    Beta(),
  ]

  /// The columns that any of them reads, each once.
  package static let columns: [MeasureColumn] = {
    var seen: Set<MeasureColumn> = []
    return catalogue.flatMap(\.columns).filter { seen.insert($0).inserted }
  }()

  /// What `stresslab list measures` prints: key in `summary.json`, unit, definition; a line for each, by the key.
  package static var lines: [(name: String, text: String)] {
    let names = catalogue.map(\.name.count).max() ?? 0
    let units = MeasureUnit.allCases.map(\.rawValue.count).max() ?? 0
    return catalogue.map { measure in
      let name = measure.name.padding(toLength: names, withPad: " ", startingAt: 0)
      let unit = measure.unit.rawValue.padding(toLength: units, withPad: " ", startingAt: 0)
      return (measure.name, "\(name)  \(unit)  \(measure.definition)")
    }
  }
}
