import Documents
import Glibc
import Statistics

/// Heston's model fitted by maximum likelihood, its unseen variance filtered on a grid.
///
/// It stands where the returns tell of a variance that comes and goes: where they gain less over geometric Brownian motion than three
/// parameters do by chance once in a hundred times, where the variance forgets from one step to the next or remembers longer than
/// there are bars, and where it is near 0 for so long that the filter's law of it is wrong, it is refused.
package struct HestonFit: ProcessFitter {
  package let model = "heston"
  package let method =
    "maximum likelihood, the unseen variance filtered on a grid, by GSL's simplex; robust standard errors, whose 95 % intervals hold "
    + "the truth about 91 times in a hundred on four years of days"
  package let fewest = 500

  package init() {}

  /// Half of χ²'s 99th percentile with three degrees of freedom: scipy.stats.chi2.isf(0.01, 3)/2.
  private static let leastGain = 5.672
  /// The least shape 2κθ/ξ² at which the filter's variance has the moments of the model's.
  private static let leastShape = 0.5
  /// The shortest half-life, in steps.
  private static let shortest = 2.0
  private static let largestCorrelation = 0.98

  package func fit(_ returns: RecordedReturns) throws(FitRefusal) -> ProcessFit {
    let years = returns.years[0]
    guard returns.years.allSatisfy({ abs($0 - years) < 1e-9 * years }) else {
      throw FitRefusal("its filter takes steps of one length, and these bars have nights between them")
    }
    let still = try GeometricBrownianMotionFit().fit(returns)
    let variance = returns.values.reduce(0) { $0 + $1 * $1 } / returns.allYears
    let drift = still.parameters[0].value
    let starts = [3.0, 12].flatMap { reversion in
      [1.2, 4].flatMap { shape in
        [-0.5, 0].map { correlation in
          HestonTerms.numbers(
            drift: drift, mean: variance, reversion: min(reversion, 0.2 / years),
            volatility: (2 * min(reversion, 0.2 / years) * variance / shape).squareRoot(), correlation: correlation)
        }
      }
    }
    let likelihood = HestonLikelihood(returns)
    let steps = [0.5 * (variance / returns.allYears).squareRoot(), 0.2, 0.4, 0.3, 0.2]
    let maximum: LikelihoodMaximum
    do throws(LikelihoodMaximum.Failure) {
      maximum = try LikelihoodMaximum(of: likelihood, starts: starts, tries: 2, steps: steps)
    } catch {
      guard case .noMaximum(let last) = error else { throw FitRefusal("no start of the search has a likelihood") }
      throw Self.refusal(last, gain: likelihood.value(last) - still.logLikelihood, returns)
        ?? FitRefusal(
          "the search found no maximum of the likelihood: the returns tell nothing of some parameter where it ended, at "
            + Self.text(HestonTerms(last)))
    }
    if let refusal = Self.refusal(maximum.numbers, gain: maximum.value - still.logLikelihood, returns) { throw refusal }
    return ProcessFit(
      self, Self.parameters.map { $0.fitted(maximum, robust: true, whole: { $0 }) }, logLikelihood: maximum.value,
      probabilities: likelihood.probabilities(maximum.numbers), starts: maximum.starts, session: returns.session)
  }

  private static let parameters = [
    NaturalParameter("annualDrift", "1/year", .plain) { HestonTerms($0).drift },
    NaturalParameter("annualVolatility", "1/√year", .positive) { HestonTerms($0).mean.squareRoot() },
    NaturalParameter("reversion", "1/year", .positive) { HestonTerms($0).reversion },
    NaturalParameter("volatilityOfVariance", "1/year", .positive) { HestonTerms($0).volatility },
    NaturalParameter("correlation", "", .correlation) { HestonTerms($0).correlation },
  ]

  /// Why numbers at which the search ended are no fit; nil where they are one.
  ///
  /// - Parameter gain: what the log likelihood is over that of a constant variance.
  private static func refusal(_ numbers: [Double], gain: Double, _ returns: RecordedReturns) -> FitRefusal? {
    let terms = HestonTerms(numbers)
    let halfLife = log(2) / (terms.reversion * returns.years[0])
    func number(_ value: Double) -> String { JSONWriter.number(value.rounded(toDigits: 3)) }
    guard gain >= leastGain else {
      return FitRefusal(
        "nothing tells that large moves follow large ones: the variance is as good as constant, as in the other "
          + "processes")
    }
    guard halfLife >= shortest else {
      return FitRefusal(
        "its variance forgets half of itself within \(number(halfLife)) steps: these are heavy tails, not clusters of "
          + "large moves"
      )
    }
    guard terms.reversion * returns.allYears >= 1 else {
      return FitRefusal(
        "its variance would take longer to return to its mean than there are bars: 1/κ is \(number(1 / terms.reversion)) years"
      )
    }
    guard terms.shape >= leastShape else {
      return FitRefusal(
        "its variance would be next to 0 for most of the time: 2κθ/ξ² comes to \(number(terms.shape)), and under "
          + "\(number(leastShape)) the filter does not hold")
    }
    guard abs(terms.correlation) <= largestCorrelation else {
      return FitRefusal("the correlation of its variance and the price comes to \(number(terms.correlation))")
    }
    return nil
  }

  private static func text(_ terms: HestonTerms) -> String {
    [
      ("annualVolatility", terms.mean.squareRoot()), ("reversion", terms.reversion),
      ("volatilityOfVariance", terms.volatility), ("correlation", terms.correlation),
    ].map { "\($0.0) \(JSONWriter.number($0.1.rounded(toDigits: 4)))" }.joined(separator: ", ")
  }
}
