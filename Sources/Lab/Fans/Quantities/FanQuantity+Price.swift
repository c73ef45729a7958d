extension FanQuantity {
  /// The price of an asset as time goes by.
  package static let price = FanQuantity(
    "price", unit: "quote currency", "close", timeline: .clock,
    scale: { market, asset in market.initialPrices[asset ?? 0] }, start: 1, followsPrice: true, hasSamples: true,
    read: .asset { tile, asset, values in
      let bars = tile.bars
      for group in values.indices { values[group] = bars[asset * values.count + group].close }
    })
}
