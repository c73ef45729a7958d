import Lanes

extension FanQuantity {
  /// How far the price of an asset goes within a step.
  package static let range = FanQuantity(
    "range", unit: "fraction of price", "a step's high over its low, less 1", timeline: .eventOrClock,
    // Bins are finest around what a stock with 30 % a year does in a step.
    scale: { market, _ in 0.3 * (market.clock.intradayYears + market.clock.gapYears).squareRoot() },
    read: .asset { tile, asset, values in
      let bars = tile.bars
      for group in values.indices {
        let bar = bars[asset * values.count + group]
        values[group] = bar.high / bar.low - 1
      }
    })
}
