import Agents
import Lanes
import Trading

/// An agent that asks for weights of the first asset by a rule; what it estimates from closes is its own.
struct RuleAgent: Agent {
  /// What a rule sees at a close, for eight paths.
  struct Sight {
    /// The step that has closed, from −1.
    let step: Int
    /// What is shown of the signal; 0 where nothing is.
    let signal: Lanes
    /// The agent's own estimate; what is shown of the signal where it makes none.
    let estimate: Lanes
    /// The weight held.
    let held: Lanes
  }

  /// The estimate after a step with a log return, at whose close a signal is shown.
  let estimate: @Sendable (_ before: Lanes, _ move: Lanes, _ signal: Lanes) -> Lanes
  let weight: @Sendable (Sight) -> Lanes

  init(
    estimate: @escaping @Sendable (_ before: Lanes, _ move: Lanes, _ signal: Lanes) -> Lanes = { $2 },
    weight: @escaping @Sendable (Sight) -> Lanes
  ) {
    self.estimate = estimate
    self.weight = weight
  }

  func makeSeat(_ site: DeskSite) -> any Seat { RuleSeat(self, groups: site.groups) }

  private final class RuleSeat: Seat {
    let agent: RuleAgent
    var estimates: ContiguousArray<Lanes>
    /// Log closes; 0 before the first.
    var closes: ContiguousArray<Lanes>

    init(_ agent: RuleAgent, groups: Int) {
      self.agent = agent
      estimates = ContiguousArray(repeating: .zero, count: groups)
      closes = estimates
    }

    func reset() {
      for group in closes.indices { (estimates[group], closes[group]) = (.zero, .zero) }
    }

    func observe(_ market: MarketView) {
      for group in closes.indices {
        let close = log(market.bars[group].close)
        let next = agent.estimate(estimates[group], close - closes[group], Self.signal(market, group))
        estimates[group] = select(closes[group] .== 0, .zero, next)
        closes[group] = close
      }
    }

    private static func signal(_ market: MarketView, _ group: Int) -> Lanes {
      market.signals.isEmpty ? .zero : market.signals[group]
    }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      for group in closes.indices {
        let sight = Sight(
          step: market.step, signal: Self.signal(market, group), estimate: estimates[group],
          held: account.weight(asset: 0, group: group))
        decisions[group] = Decision(weight: agent.weight(sight), acts: .all)
      }
    }
  }
}
