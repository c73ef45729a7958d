import Documents
import Trading

/// The agents that a panel can name; a new agent is one file and one line here.
package enum AgentModels {
  /// Every agent by its tag.
  package static let catalogue = Catalogue<any Agent>(
    "agents",
    .entry("flat", Flat.form, "never trades") { $0 },
    .entry("buyAndHold", BuyAndHold.form, "buys its weights at t = 0 and holds them") { $0 },
    .entry("momentum", Momentum.form, "follows the trend by the cross of two moving averages") { $0 },
    .entry("movingAverageCross", MovingAverageCross.form, "holds while the mean of few closes is over that of many") {
      $0
    },
    .entry("meanReversion", MeanReversion.form, "bets on the return to a moving average") { $0 },
    .entry("twap", TimeWeighted.form, "works off what the account starts with in equal slices") { $0 },
    .entry("participation", Participation.form, "works it off at a share of the market's volume") { $0 },
    .entry("almgrenChriss", AlmgrenChriss.form, "works it off where impact is temporary, by cost and risk") { $0 },
    .entry("obizhaevaWang", ObizhaevaWang.form, "works it off where impact decays, at the least mean cost") { $0 },
    .entry("policy", PolicyAgent.form, "a trained agent, from the folder that it was saved in") { $0 },
  )
}
