import Documents
import Trading

/// The log return of each asset over some bars, over its standard deviation: √bars times the root of an exponential average
/// of squared log returns of one bar, which starts at the first.
///
/// In −10…10, and cut there: one number must not move a whole network. 0 until there are so many bars, and where the price
/// has never moved.
package struct ReturnObservation: Observation, Hashable {
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

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    let returns = site.assets.map { ScaledReturn.shared(site.desk, asset: $0, self) }
    return AssetNumbers(site) { _, _, place in returns[place.number].values[place.group] }
  }
}
