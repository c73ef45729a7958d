import Documents
import Lanes
import Trading

/// What the reward `differentialSharpe` remembers of the account's own returns since t = 0: the ratio of its means
/// A/√(B − A²) in −10…10, ln √(B − A²) in −13.82…7, and the share of its first steps that is over.
///
/// A and B follow from the first two. They are counted from what the account shows at each close: where a feed is frozen, from
/// what is known then.
package struct SharpeStateObservation: Observation {
  /// How fast it forgets.
  package let terms: RunningSharpe.Terms

  static let form = Form(
    RunningSharpe.Terms.adaptationField, RunningSharpe.Terms.warmupField,
    make: { SharpeStateObservation(terms: RunningSharpe.Terms(adaptation: $0, warmup: $1)) })

  package func names(_ assets: [String]) -> [String] { ["sharpe", "sharpeDeviation", "sharpeWarmup"] }

  package func makeState(_ site: ObservationSite) -> any ObservationState { State(terms, groups: site.desk.groups) }

  private final class State: ObservationState {
    private let terms: RunningSharpe.Terms
    private var tracks: [RunningSharpe]
    /// The step of the last close that was taken up; nil before the first.
    private var step: Int?

    init(_ terms: RunningSharpe.Terms, groups: Int) {
      self.terms = terms
      tracks = Array(repeating: RunningSharpe(terms), count: groups)
    }

    func reset() {
      step = nil
      for group in tracks.indices { tracks[group] = RunningSharpe(terms) }
    }

    func write(_ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int) {
      // At t = 0 there is no return yet; whoever looks twice at a close sees the same.
      let isNew = market.step >= 0 && market.step > step ?? -1
      if isNew { step = market.step }
      for group in tracks.indices {
        if isNew { _ = tracks[group].step(to: account.accounts[group].equity * (1 / account.startEquity)) }
        values[group * stride + first] = tracks[group].ratio
        values[group * stride + first + 1] = tracks[group].logDeviation
        values[group * stride + first + 2] = Lanes(tracks[group].warmth)
      }
    }
  }
}
