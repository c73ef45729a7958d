import Documents
import Lanes
import Trading

/// The log return of each asset over some bars, over its standard deviation: √bars times the root of an exponential average
/// of squared log returns of one bar, which starts at the first.
///
/// Cut at ±10: one number must not move a whole network. 0 until there are so many bars.
package struct ReturnObservation: Observation {
  /// Bars n over which it goes; at least 1.
  package let bars: Int
  /// Half-life of the average, in bars.
  package let halfLife: Double

  static let form = Form(
    Field("bars", .integer(in: 1...100_000), default: 1, "bars over which it goes"),
    Field("halfLife", .number(in: .between(1, 1e6)), default: 50, "half-life of its volatility, in bars"),
    make: ReturnObservation.init)

  /// The largest size of one.
  static let clip = 10.0

  package func names(_ assets: [String]) -> [String] { assets.map { "return(\($0), \(bars))" } }

  /// The bars, or a half-life of the volatility where that is longer, and the close before them.
  package func lookBack(_ market: MarketTerms) -> Int { Swift.max(bars, Int(halfLife.rounded(.up))) + 1 }

  package func makeState(_ site: ObservationSite) -> any ObservationState { State(self, site) }

  private final class State: ObservationState {
    let assets: [Int]
    let bars: Int
    let groups: Int
    let share: Double
    /// The last closes of each asset, as logarithms: [(time · assets + asset) · groups + group], the oldest at `next`.
    var closes: ContiguousArray<Lanes>
    /// Averages of squared returns, [asset · groups + group].
    var variances: ContiguousArray<Lanes>
    var seen = 0

    init(_ model: ReturnObservation, _ site: ObservationSite) {
      assets = site.assets
      bars = model.bars
      groups = site.desk.groups
      share = 1 - exp2(Lanes(-1 / model.halfLife))[0]
      closes = ContiguousArray(repeating: .zero, count: (bars + 1) * assets.count * groups)
      variances = ContiguousArray(repeating: .zero, count: assets.count * groups)
    }

    func reset() {
      seen = 0
      for index in variances.indices { variances[index] = .zero }
    }

    /// Where the logarithm of a close is, so many bars ago.
    private func place(_ ago: Int) -> Int {
      (seen - 1 - ago + (bars + 1)) % (bars + 1) * variances.count
    }

    func observe(_ market: MarketView) {
      seen += 1
      let (now, before) = (place(0), place(1))
      for (index, asset) in assets.enumerated() {
        for group in 0..<groups {
          let own = index * groups + group
          let close = log(market.bars[asset * groups + group].close)
          closes[now + own] = close
          guard seen > 1 else { continue }
          let move = close - closes[before + own]
          let weight = seen == 2 ? 1 : share
          variances[own] = fma(move * move - variances[own], Lanes(weight), variances[own])
        }
      }
    }

    func write(
      _ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int
    ) {
      for index in assets.indices {
        for group in 0..<groups {
          var value = Lanes.zero
          if seen > bars {
            let own = index * groups + group
            let move = closes[place(0) + own] - closes[place(bars) + own]
            let deviation = sqrt(variances[own] * Double(bars))
            value = select(deviation .> 0, move / select(deviation .> 0, deviation, .one), .zero)
          }
          values[group * stride + first + index] = min(max(value, Lanes(-clip)), Lanes(clip))
        }
      }
    }
  }
}
