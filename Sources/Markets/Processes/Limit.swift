/// What several processes leave out, in the words of the report.
enum Limit {
  /// Of processes whose volatility is one number per path.
  static let constantVolatility =
    "Volatility moves with events only: no clusters of volatility of its own, and spreads react to volume and events alone."
  /// Of processes whose volatility moves of its own.
  static let spreadsIgnoreVolatility =
    "Volatility moves of its own accord, and what trading costs does not follow it: spreads react to volume and events alone, and depth "
    + "to events."
}
