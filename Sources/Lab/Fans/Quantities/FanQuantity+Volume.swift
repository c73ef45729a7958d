extension FanQuantity {
  /// What others trade in an asset.
  package static let volume = FanQuantity(
    "volume", unit: "units of the asset", "units traded in a step", timeline: .eventOrClock,
    scale: { market, asset in
      let asset = asset ?? 0
      return market.tradedValuePerDay[asset] / market.initialPrices[asset] / market.clock.steps(days: 1)
    },
    read: .asset { tile, asset, values in
      let bars = tile.bars
      for group in values.indices { values[group] = bars[asset * values.count + group].volume }
    })
}
