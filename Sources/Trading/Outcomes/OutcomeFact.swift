/// A column of the outcome row that is one of its kind, in the order of the store; costs stand before `orders`.
///
/// Steps count from t = 0, −1 is never; money is in quote currency.
package enum OutcomeFact: Int, Sendable, Hashable, CaseIterable {
  case weight, stratum, pair, trainingSeed
  case state95, impairedStep95, recoveryStep95, censorStep95
  case state100, impairedStep100, recoveryStep100, censorStep100
  case cause, ruinStep, liquidationStep, zeroEquityStep, equityBelowStep, drawdown20Step, drawdown30Step
  case startEquity, referenceEquity, minimumEquity, finalEquity, deficit, maximumDrawdown, timeUnderWater
  case orders, shortfall, unfinished

  /// How the store keeps it.
  package var kind: OutcomeColumn.Kind {
    switch self {
    case .weight, .startEquity, .referenceEquity, .minimumEquity, .finalEquity, .deficit, .maximumDrawdown,
      .shortfall, .unfinished:
      .real
    case .stratum, .pair, .trainingSeed, .state95, .impairedStep95, .recoveryStep95, .censorStep95, .state100,
      .impairedStep100, .recoveryStep100, .censorStep100, .cause, .ruinStep, .liquidationStep, .zeroEquityStep,
      .equityBelowStep, .drawdown20Step, .drawdown30Step, .timeUnderWater, .orders:
      .integer
    }
  }

  /// What it is measured in.
  package var unit: OutcomeUnit {
    switch self {
    case .weight, .stratum, .pair, .trainingSeed, .orders: .number
    case .state95, .state100: .code(RecoveryState.allCases.map(\.name))
    case .cause: .code(RuinCause.allCases.map(\.name))
    case .maximumDrawdown: .drawdown
    case .timeUnderWater: .steps
    case .startEquity, .referenceEquity, .minimumEquity, .finalEquity, .deficit, .shortfall, .unfinished: .quoteCurrency
    case .impairedStep95, .recoveryStep95, .censorStep95, .impairedStep100, .recoveryStep100, .censorStep100,
      .ruinStep, .liquidationStep, .zeroEquityStep, .equityBelowStep, .drawdown20Step, .drawdown30Step:
      .step
    }
  }

  /// What it is, for the documentation of the store.
  package var summary: String {
    switch self {
    case .weight: "importance weight of the path; 1 without importance sampling"
    case .stratum: "stratum of the path; 0 without stratification"
    case .pair: "antithetic pair of the path; the path itself without antithetics"
    case .trainingSeed: "training seed of the agent; -1 for an agent that wasn't trained"
    case .state95, .state100: "what came first, by recovery of \(level) of the reference equity"
    case .impairedStep95, .impairedStep100: "first close under \(level) less 1 % of the reference equity"
    case .recoveryStep95, .recoveryStep100: "first later close at \(level) of the reference equity"
    case .censorStep95, .censorStep100: "last step of a path still impaired at the horizon"
    case .cause: "why the desk was ruined"
    case .ruinStep: "first ruin of any cause"
    case .liquidationStep: "first liquidation by the venue"
    case .zeroEquityStep: "first equity at or under 0"
    case .equityBelowStep: "first equity at or under the study's level"
    case .drawdown20Step: "first drawdown of 20 % from the peak of closes, within steps"
    case .drawdown30Step: "first drawdown of 30 % from the peak of closes, within steps"
    case .startEquity: "equity at t = 0"
    case .referenceEquity: "equity that recovery is measured against"
    case .minimumEquity: "lowest equity up to ruin, watched as the study watches ruin"
    case .finalEquity: "equity at the horizon, net of closing out through the venue"
    case .deficit: "what the account owes after ruin or closing out"
    case .maximumDrawdown: "largest drawdown at closes, starting equity included"
    case .timeUnderWater: "longest spell of closes under the running peak; after ruin it lasts to the horizon"
    case .orders: "orders sent and stops triggered"
    case .shortfall: "implementation shortfall against a paper account that trades at decision prices"
    case .unfinished:
      "what was still held when the account was closed, at the horizon or by ruin, at the prices of t = 0"
    }
  }

  /// The level of recovery in the column's name.
  private var level: String {
    switch self {
    case .state95, .impairedStep95, .recoveryStep95, .censorStep95: "95 %"
    default: "100 %"
    }
  }
}
