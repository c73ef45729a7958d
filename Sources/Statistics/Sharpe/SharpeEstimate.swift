import Glibc

/// The Sharpe ratio of a sample of returns, of one period and not of a year, with what its error depends on.
///
/// Mertens' standard error holds for returns that are independent and alike, of any law with four moments; nothing is said of
/// returns that hang together in time.
/// Source: E. Mertens (2002), "Comments on variance of the IID estimator in Lo (2002)"; D. H. Bailey & M. López de Prado
/// (2012), "The Sharpe ratio efficient frontier", J. Risk 15(2), eq. (8) and (11).
package struct SharpeEstimate: Sendable, Hashable {
  /// Mean over standard deviation (n − 1), at a riskless rate of 0.
  package let ratio: Double
  /// γ₃ = m₃/m₂^1.5, of the sample; 0 for a normal law.
  package let skewness: Double
  /// γ₄ = m₄/m₂², raw: 3 for a normal law.
  package let kurtosis: Double
  /// T, how many independent returns.
  package let count: Int

  /// States a ratio.
  package init(ratio: Double, skewness: Double, kurtosis: Double, count: Int) {
    self.ratio = ratio
    self.skewness = skewness
    self.kurtosis = kurtosis
    self.count = count
  }

  /// Of returns; nil where they are fewer than three, or do not differ.
  package init?(_ returns: [Double]) { self.init(mixing: [(returns, 1)]) }

  /// Of a mixture: of each group as many returns, the i-th of one group drawn with the i-th of another, so that T is the
  /// number of one group.
  ///
  /// - Parameter groups: returns with the probability of their group; the probabilities add up to 1.
  package init?(mixing groups: [(returns: [Double], probability: Double)]) {
    guard let count = groups.first?.returns.count, count > 2 else { return nil }
    precondition(groups.allSatisfy { $0.returns.count == count }, "Invariant: all groups have as many returns")
    func mean(_ term: (Double) -> Double) -> Double {
      groups.reduce(0) { sum, group in
        sum + group.probability * group.returns.reduce(0) { $0 + term($1) } / Double(count)
      }
    }
    let centre = mean { $0 }
    let second = mean { ($0 - centre) * ($0 - centre) }
    // What the last digits of equal returns differ by is no spread.
    guard second.isFinite, second.squareRoot() > 1e-12 * max(1, abs(centre)) else { return nil }
    let third = mean { ($0 - centre) * ($0 - centre) * ($0 - centre) }
    let fourth = mean { ($0 - centre) * ($0 - centre) * ($0 - centre) * ($0 - centre) }
    let deviation = (second * Double(count) / Double(count - 1)).squareRoot()
    self.init(
      ratio: centre / deviation, skewness: third / (second * second.squareRoot()), kurtosis: fourth / (second * second),
      count: count)
    guard ratio.isFinite, skewness.isFinite, kurtosis.isFinite else { return nil }
  }

  /// √((1 − γ₃·SR + (γ₄ − 1)/4·SR²)/(T − 1)); 0 at the least.
  package var standardError: Double {
    let spread = 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio * ratio
    return (max(0, spread) / Double(count - 1)).squareRoot()
  }

  /// The probabilistic Sharpe ratio: Φ((SR − SR*)/SE), how sure the sample is that the true ratio is above SR*.
  package func probability(above benchmark: Double) -> Double {
    let (distance, error) = (ratio - benchmark, standardError)
    guard error > 0 else { return distance > 0 ? 1 : distance < 0 ? 0 : 0.5 }
    return NormalLaw.cumulative(distance / error)
  }
}
