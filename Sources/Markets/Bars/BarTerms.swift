/// The numbers of an asset that turn moves into bars.
struct BarTerms: Sendable {
  /// Where the asset's lane groups start in the arrays of the tile.
  let offset: Int
  /// Price at t = 0.
  let price: Double
  /// How the price follows from the process.
  let scale: PriceScale
  /// Mean half-spread as a fraction of the mid.
  let halfSpread: Double
  /// Units that move the price by 1 %.
  let depth: Double
  /// Mean units traded in a step; 0 for recorded bars.
  let volumePerStep: Double
  /// Standard deviation of the log volume.
  let volumeVolatility: Double
  /// Elasticity of the half-spread in unexpected volume.
  let spreadElasticity: Double
  /// Share of the half-spread that goes with unexpected variance.
  let spreadVarianceShare: Double
  /// Whether lows are drawn before highs.
  let drawsLowFirst: Bool
  /// What couples them.
  let extremes = ExtremesTable.ofBrownianBridges

  init(
    _ asset: AssetTerms, _ market: MarketDescription, offset: Int, drawsLowFirst: Bool = false,
    _ kind: PriceScale.Kind = .logarithmic
  ) {
    self.offset = offset
    self.drawsLowFirst = drawsLowFirst
    price = asset.price
    scale = PriceScale(kind, start: asset.price)
    halfSpread = asset.liquidity.halfSpreadBps / 10_000
    depth = asset.liquidity.depthTo1Percent
    volumePerStep = (asset.liquidity.volumePerDay ?? 0) / market.clock.steps(days: 1)
    volumeVolatility = asset.liquidity.volumeVolatility
    spreadElasticity = asset.liquidity.spreadVolumeElasticity
    spreadVarianceShare = asset.liquidity.spreadVarianceShare
  }
}
