extension FanQuantity {
  /// The half-spread of an asset.
  package static let halfSpread = FanQuantity(
    "halfSpread", key: "halfSpreadBps", unit: "basis points of the mid", "half-spread", timeline: .eventOrClock,
    scale: { market, asset in market.liquidity[asset ?? 0].halfSpreadBps }, factor: 1e4,
    read: .asset { tile, asset, values in
      let bars = tile.bars
      for group in values.indices { values[group] = bars[asset * values.count + group].halfSpread }
    })
}
