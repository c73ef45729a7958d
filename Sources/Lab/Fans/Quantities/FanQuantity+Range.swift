import Lanes

extension FanQuantity {
  /// How far the price of an asset goes within a step.
  package static let range = FanQuantity(
    "range", unit: "fraction of price",
    "a step's high over its low, less 1; of a price that may be negative high less low, over the starting price",
    timeline: .eventOrClock,
    // Bins are finest around what a stock with 30 % a year does in a step.
    scale: { market, _ in 0.3 * (market.clock.intradayYears + market.clock.gapYears).squareRoot() },
    read: .asset { tile, asset, values in
      let bars = tile.bars
      let reference = tile.description.scales[asset].reference
      for group in values.indices {
        let bar = bars[asset * values.count + group]
        if let reference {
          values[group] = (bar.high - bar.low) * (1 / reference)
          continue
        }
        values[group] = bar.high / bar.low - 1
      }
    })
}
