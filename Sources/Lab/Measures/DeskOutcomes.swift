import Statistics
import Trading

/// The outcomes of one desk as its measures read them: the columns, and what several measures make of them, made once.
///
/// Confined to one thread; `OutcomeTable`, which it reads, is not.
package final class DeskOutcomes {
  private let table: OutcomeTable
  private let context: MeasureContext

  /// Reads nothing yet.
  ///
  /// - Parameter table: has the columns that the measures name, which alone can be asked for.
  package init(_ table: OutcomeTable, _ context: MeasureContext) {
    self.table = table
    self.context = context
  }

  /// How many paths there are.
  package var count: Int { table.count }

  /// A fact of each path, in the order of the paths and the unit of `OutcomeFact`; whole numbers and codes as `Double`.
  package subscript(fact: OutcomeFact) -> [Double] { table[.fact(fact)] }
  /// What a column says of each path's recovery at the study's level, as `Double`.
  package subscript(recovery: RecoveryColumn) -> [Double] { table[.recovery(recovery)] }
  /// What each path's closes add up to, whole numbers as `Double`.
  package subscript(performance: PerformanceColumn) -> [Double] { table[.performance(performance)] }
  /// A term of each path's shortfall in one window, in quote currency; positive when it costs.
  package subscript(term: CostTerm, window: CostWindow) -> [Double] { table[.outcome(.cost(term, window))] }

  /// A traded notional of each path, both windows together, in quote currency.
  package subscript(notional: TradedNotional) -> [Double] {
    zip(table[.outcome(.notional(notional, .calm))], table[.outcome(.notional(notional, .event))]).map { $0 + $1 }
  }

  /// The share of all paths that a number of them is, with the interval of `Proportion.estimate`.
  package func share(_ paths: Int) -> Estimate {
    Proportion(paths, of: count).estimate(confidence: context.confidence)
  }

  /// Some terms of each path's shortfall together, both windows, in quote currency. Of these terms.
  func costs(_ isCounted: (CostTerm) -> Bool) -> [Double] {
    let costs = CostWindow.allCases.flatMap { window in
      CostTerm.allCases.filter(isCounted).map { self[$0, window] }
    }
    return (0..<count).map { path in costs.reduce(0) { $0 + $1[path] } }
  }

  /// Some terms of the shortfall over the notional that was filled, in basis points: Σ over Σ across paths, both windows
  /// together. Of these terms and `filled`.
  package func costOfNotional(_ isCounted: (CostTerm) -> Bool, confidence: Double) -> Estimate {
    RatioOfSums(costs(isCounted), over: self[.filled], usually: 0).estimate(confidence: confidence).scaled(by: 1e4)
  }

  /// Final equity over starting equity, less one; in the order of the paths. Of `finalEquity`.
  package private(set) lazy var returns = self[.finalEquity].map { $0 / context.startEquity - 1 }
  /// The same in ascending order.
  package private(set) lazy var sortedReturns = SortedSample(returns)
  /// Largest drawdowns in ascending order. Of `maximumDrawdown`.
  package private(set) lazy var sortedDrawdowns = SortedSample(self[.maximumDrawdown])

  /// Seconds from t = 0 to the close of the step of ruin; nil for survivors. Of `ruinStep`.
  package private(set) lazy var ruinSeconds: [Double?] = self[.ruinStep].map {
    $0 < 0 ? nil : ($0 + 1) * context.stepSeconds
  }
  /// Survival in time, in seconds from t = 0. Of `ruinStep`.
  package private(set) lazy var survival = SurvivalCurve(eventTimes: ruinSeconds, horizon: context.horizon)

  /// How and when the impairment of each path ended, in seconds from it; nil for paths that were never impaired.
  private(set) lazy var impairmentByPath: [Ending<ImpairmentEnd>?] = {
    let (state, impaired, recovered, ruin) = (
      self[.state], self[.impairedStep], self[.recoveryStep], self[.ruinStep]
    )
    return impaired.indices.map { path in
      guard impaired[path] >= 0 else { return nil }
      let (last, cause): (Double, ImpairmentEnd?) =
        switch RecoveryState(rawValue: Int(state[path])) {
        case .recovered: (recovered[path], .recovered)
        case .ruined: (ruin[path], .ruined)
        default: (Double(context.steps - 1), nil)
        }
      return Ending(at: (last - impaired[path]) * context.stepSeconds, by: cause)
    }
  }()
  /// The same of the impaired paths alone, in their order.
  package private(set) lazy var impairments = impairmentByPath.compactMap(\.self)
  /// The columns that `impairments` is made of.
  static let impairmentColumns: [MeasureColumn] = [
    .recovery(.state), .recovery(.impairedStep), .recovery(.recoveryStep), .fact(.ruinStep),
  ]
  /// How likely they recover. Of `impairmentColumns`.
  private(set) lazy var recovery = RecoveryProbability(impairments)
  /// The probabilities of having recovered and of having been ruined, in seconds from the impairment.
  package var incidence: CumulativeIncidence<ImpairmentEnd> { recovery.incidence }
  /// How long after the impairment recovery is followed, in seconds. Of `impairmentColumns`.
  package var recoveryEnd: Double { recovery.end }
  /// Whether too few paths were impaired for a curve or an interval. Of `impairmentColumns`.
  package var hasFewImpaired: Bool { recovery.hasFewImpaired }
}

/// How an impairment ends before the horizon.
package enum ImpairmentEnd: Sendable, Hashable, CaseIterable {
  /// At a close at the study's level of the reference equity.
  case recovered
  /// By ruin of any cause, before recovery.
  case ruined
}
