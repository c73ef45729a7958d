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
  /// The statistic of series that follow one law; NaN where they are too short for it.
  package let statistic: @Sendable ([ReturnSeries]) -> Double
}

extension [ReturnSeries] {
  /// All returns, one series after the other.
  var pooled: [Double] { flatMap(\.returns) }
}
