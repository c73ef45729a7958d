/// Something that returns of nearly all markets have in common, as a statistic of series that follow one law. A new fact is one
/// file with a constant and a line here.
///
/// Source: R. Cont (2001), "Empirical properties of asset returns: stylized facts and statistical issues", Quantitative Finance
/// 1(2).
package struct StylisedFact: Sendable {
  /// All of them.
  package static let catalogue: [StylisedFact] = [
    .linearAutocorrelation, .lowerTail, .upperTail, .kurtosis, .aggregation, .clustering, .slowDecay, .leverage,
    .gainLossAsymmetry,
    .volumeVolatility,
  ]

  /// Its name in listings and in JSON.
  package let name: String
  /// What the statistic is, in a line.
  package let text: String
  /// Where it lies in shares and indices, as the literature has it; nil where markets differ.
  package let usual: ClosedRange<Double>?
  /// The statistic of series that follow one law, each as often as its weight says; NaN where they are too short for it.
  let weighted: @Sendable (_ pool: PooledReturns, _ weights: [Int]) -> Double

  /// The statistic of series that follow one law; NaN where they are too short for it.
  ///
  /// - Parameter weights: how often each counts, at least 0; once unless given.
  package func statistic(_ series: [ReturnSeries], weights: [Int]? = nil) -> Double {
    weighted(PooledReturns(series), weights ?? Array(repeating: 1, count: series.count))
  }
}
