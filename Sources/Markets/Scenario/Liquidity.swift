import Documents

/// How much of an asset can be traded and at what distance from the mid, when nothing happens to it.
///
/// The volume of a step is V̄·exp(σ_v Z − ½σ_v²), with mean V̄. The half-spread reacts to *unexpected* volume, by
/// h₀·exp(−bσ_v Z − ½b²σ_v²): it is h₀(V̄/V)^b normalised so that its mean is what the file says. Depth has no noise.
/// Where a process' variance moves of its own, a share e of the half-spread goes with what of it is unexpected: times
/// 1 − e + e·v/E[v], with the variance v at the step's close and its mean, so that the mean stays what the file says whatever the
/// law of v. That part is what holding inventory costs, in proportion to variance.
/// Source of that part: T. Ho & H. R. Stoll (1981), Journal of Financial Economics 9(1); that it is a share of the file's mean is
/// this project's own.
/// Events multiply all three (docs/definitions.md).
package struct Liquidity: Sendable, Hashable {
  /// Mean half-spread h₀ in basis points of the mid; at least 0.
  package let halfSpreadBps: Double
  /// Mean units traded in a day; above 0. Nil for recorded bars, which bring their own.
  package let volumePerDay: Double?
  /// Units whose purchase or sale moves the price by 1 %; above 0.
  package let depthTo1Percent: Double
  /// Half-life of what an order has eaten out of the book, in seconds of trading time; above 0.
  package let refillHalfLifeSeconds: Double
  /// Standard deviation σ_v of the log volume of a step; at least 0. Recorded bars bring their own.
  package let volumeVolatility: Double
  /// Elasticity b of the half-spread in unexpected volume; at least 0.
  package let spreadVolumeElasticity: Double
  /// Share e of the half-spread that goes with unexpected variance, in 0…1; 0 but for processes that
  /// ``PriceProcess/hasUnexpectedVariance``.
  package let spreadVarianceShare: Double

  /// States the liquidity of an asset.
  package init(
    halfSpreadBps: Double, volumePerDay: Double?, depthTo1Percent: Double, refillHalfLifeSeconds: Double,
    volumeVolatility: Double = 0.4, spreadVolumeElasticity: Double = 0.5,
    spreadVarianceShare: Double = 0
  ) {
    self.halfSpreadBps = halfSpreadBps
    self.volumePerDay = volumePerDay
    self.depthTo1Percent = depthTo1Percent
    self.refillHalfLifeSeconds = refillHalfLifeSeconds
    self.volumeVolatility = volumeVolatility
    self.spreadVolumeElasticity = spreadVolumeElasticity
    self.spreadVarianceShare = spreadVarianceShare
  }
}

extension Liquidity {
  /// What anything is traded in: from a billionth of a unit to a quintillion of them.
  private static let quantities = QuantityRange.between(1e-9, 1e18)

  /// The fields in documents.
  package static let form = Form(
    Field("halfSpreadBps", .number(.basisPoints, in: .between(0, 5000)), "mean half-spread"),
    Field(
      "volumePerDay", .optional(.number(.shares, in: quantities)),
      "mean quantity traded in a day; recorded bars bring their own"),
    Field("depthTo1Percent", .number(.shares, in: quantities), "the quantity that moves the price by 1 %"),
    Field(
      "refillHalfLife", .duration(in: .above(0)), default: 20, "half-life of what an order has eaten out of the book"),
    Field(
      "volumeVolatility", .number(in: .between(0, 3)), default: 0.4, "standard deviation of a step's log volume"),
    Field(
      "spreadVolumeElasticity", .number(in: .between(0, 3)), default: 0.5,
      "how the half-spread falls with unexpected volume"),
    Field(
      "spreadVarianceShare", .number(.fraction, in: .between(0, 1)), default: 0,
      "part of the half-spread that goes with unexpected variance, of a process whose variance moves of its own"),
    make: {
      Liquidity(
        halfSpreadBps: $0, volumePerDay: $1, depthTo1Percent: $2, refillHalfLifeSeconds: $3, volumeVolatility: $4,
        spreadVolumeElasticity: $5, spreadVarianceShare: $6)
    })
}
