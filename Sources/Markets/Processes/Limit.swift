/// What several processes leave out, in the words of the report.
enum Limit {
  /// Of processes whose volatility is one number per path.
  static let constantVolatility =
    "Volatility moves with events only: no clusters of volatility of its own, and spreads react to volume alone."
}
