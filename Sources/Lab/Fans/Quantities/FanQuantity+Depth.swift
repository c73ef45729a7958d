extension FanQuantity {
  /// The depth of an asset's book.
  package static let depth = FanQuantity(
    "depth", unit: "units of the asset", "quantity that moves the price by 1 %", timeline: .eventOrClock,
    scale: { market, asset in market.liquidity[asset ?? 0].depthTo1Percent },
    read: .asset { tile, asset, values in
      let bars = tile.bars
      for group in values.indices { values[group] = bars[asset * values.count + group].depth }
    })
}
