import Glibc

/// What the best of several trials would show where none is worth anything: the hurdle of the deflated Sharpe ratio.
///
/// Source: D. H. Bailey & M. López de Prado (2014), "The deflated Sharpe ratio", J. Portfolio Management 40(5), eq. (1)
/// and (2). The ratios are taken as independent draws of one normal law. Trials that hang together are fewer than they count
/// for, so that the hurdle is too high rather than too low.
package struct SharpeTrials: Sendable, Hashable {
  /// N, how many were tried, those without a ratio among them.
  package let count: Int
  /// √V, the standard deviation (n − 1) of the ratios that there are; 0 of fewer than two.
  package let deviation: Double

  /// States what was tried.
  package init(count: Int, deviation: Double) {
    precondition(count > 0 && deviation >= 0, "Invariant: something was tried, and a deviation is not negative")
    self.count = count
    self.deviation = deviation
  }

  /// Of the ratios of all trials, of one period; nil for a trial that has none.
  package init(_ ratios: [Double?]) {
    self.init(
      count: ratios.count, deviation: Moments(ratios.compactMap(\.self)).variance.map { max(0, $0).squareRoot() } ?? 0)
  }

  /// γ, Euler and Mascheroni's.
  private static let gamma = 0.577_215_664_901_532_9

  /// What the largest of so many standard normal draws is on average, to some hundredths:
  /// (1 − γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 − 1/(N·e)); 0 of one.
  package static func expectedMaximum(of count: Int) -> Double {
    precondition(count > 0, "Invariant: something was tried")
    guard count > 1 else { return 0 }
    let n = Double(count)
    return (1 - gamma) * NormalLaw.quantile(1 - 1 / n) + gamma * NormalLaw.quantile(1 - 1 / (n * M_E))
  }

  /// SR*, the ratio that the best of the trials is to be expected to show by luck alone.
  package var expectedBest: Double { deviation * Self.expectedMaximum(of: count) }

  /// The deflated Sharpe ratio: the probabilistic one above what luck alone would show.
  package func deflated(_ best: SharpeEstimate) -> Double { best.probability(above: expectedBest) }
}
