/// What several processes leave out, in the words of the report.
enum Limit {
  /// Of processes whose volatility is one number per path.
  static let constantVolatility =
    "Volatility moves with events only: no clusters of volatility of its own, and spreads react to volume and events alone."
  /// Of processes whose volatility moves of its own.
  static let spreadsIgnoreVolatility =
    "Volatility moves of its own accord, and what trading costs does not follow it: spreads react to volume and events alone, and depth "
    + "to events."
  /// Of an asset among them whose half-spread has a share for unexpected variance.
  static let depthIgnoresVolatility =
    "Volatility moves of its own accord; half-spreads follow what of it is unexpected by the file's share of them, volume and depth "
    + "do not."
}
