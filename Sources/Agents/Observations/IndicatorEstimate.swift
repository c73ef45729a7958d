import Indicators
import Lanes
import MarketData
import Markets
import Trading

/// A column of one asset's bars, for all agents that ask for the same.
final class IndicatorEstimate: SharedEstimate {
  private struct Key: Hashable {
    let asset: Int
    let name: String
  }

  private let asset: Int
  private let tile: FeatureTile
  private var bars: [LaneBar]
  private var figures: [Lanes]
  /// [group]; 0 where there is no figure.
  private(set) var values: [Lanes]

  static func shared(_ site: DeskSite, asset: Int, _ column: FeatureColumn) -> IndicatorEstimate {
    site.estimates.shared(Key(asset: asset, name: column.name)) {
      IndicatorEstimate(asset, column, groups: site.groups)
    }
  }

  private init(_ asset: Int, _ column: FeatureColumn, groups: Int) {
    self.asset = asset
    tile = FeatureTile([column], groups: groups)
    bars = Array(
      repeating: LaneBar(open: .zero, high: .zero, low: .zero, close: .zero, volume: .zero), count: groups)
    figures = Array(repeating: .zero, count: groups)
    values = figures
  }

  func reset() {
    tile.reset()
    for group in values.indices { values[group] = .zero }
  }

  func observe(_ market: MarketView) {
    for group in bars.indices {
      let bar = market.bars[asset * bars.count + group]
      bars[group] = LaneBar(open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume)
    }
    Self.step(tile, bars, time: market.terms.clock.wallClock(atOpenOf: market.step), &figures)
    for group in values.indices {
      values[group] = select(abs(figures[group]) .<= 1e30, figures[group], .zero)
    }
  }

  private static func step(_ tile: FeatureTile, _ bars: [LaneBar], time: Int64, _ figures: inout [Lanes]) {
    var span = figures.mutableSpan
    tile.step(bars.span, time: time, &span)
  }
}
