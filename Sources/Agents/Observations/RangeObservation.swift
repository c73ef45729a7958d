import Documents
import Lanes
import Trading

/// How far each asset's price went within the step: log(high/low), or high less low where it may be negative, in standard deviations of its log return over one bar, as
/// `return` has them.
///
/// In 0…10, and cut there; √(8/π) ≈ 1.6 on average where prices move as a Brownian motion of known volatility does (Feller,
/// 1951, Annals of Mathematical Statistics 22(3)). 0 until there are two bars, and where the price has never moved from close
/// to close.
package struct RangeObservation: Observation {
  /// Half-life of the volatility, in bars.
  package let halfLife: Double

  static let form = Form(
    Field("halfLife", .number(in: .between(1, 1e6)), default: 50, "half-life of its volatility, in bars"),
    make: RangeObservation.init)

  package func names(_ assets: [String]) -> [String] { assets.map { "range(\($0))" } }

  /// A half-life of the volatility, and the close before it.
  package func lookBack(_ market: MarketTerms) -> Int { Int(halfLife.rounded(.up)) + 1 }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    let ranges = site.assets.map { ScaledRange.shared(site.desk, asset: $0, halfLife: halfLife) }
    return AssetNumbers(site) { _, _, place in ranges[place.number].values[place.group] }
  }
}

/// The range of an asset's last bar in deviations of its volatility, for all who ask for the same.
private final class ScaledRange: SharedEstimate {
  private struct Key: Hashable {
    let asset: Int
    let halfLife: Double
  }

  private let asset: Int
  private let variance: ReturnVariance
  /// [group]; 0 before the first return.
  private(set) var values: [Lanes]

  static func shared(_ site: DeskSite, asset: Int, halfLife: Double) -> ScaledRange {
    site.estimates.shared(Key(asset: asset, halfLife: halfLife)) {
      ScaledRange(
        asset, ReturnVariance.shared(site, asset: asset, halfLife: halfLife), groups: site.groups)
    }
  }

  private init(_ asset: Int, _ variance: ReturnVariance, groups: Int) {
    self.asset = asset
    self.variance = variance
    values = Array(repeating: .zero, count: groups)
  }

  func reset() {
    for group in values.indices { values[group] = .zero }
  }

  func observe(_ market: MarketView) {
    for group in values.indices {
      let bar = market.bars[asset * values.count + group]
      let deviation = sqrt(variance.values[group])
      let range = market.terms.scales[asset].move(from: bar.low, to: bar.high) / select(deviation .> 0, deviation, .one)
      values[group] = select(deviation .> 0, range, .zero).cut(to: 0...10)
    }
  }
}
