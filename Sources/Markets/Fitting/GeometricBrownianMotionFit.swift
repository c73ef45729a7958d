import Glibc
import Statistics

/// Geometric Brownian motion fitted by maximum likelihood, in closed form.
///
/// Of returns rᵢ over times tᵢ the mean log return a year is m = Σrᵢ/Σtᵢ and σ² = (1/n)Σ(rᵢ − m·tᵢ)²/tᵢ; μ = m + σ²/2. Observed
/// and expected information agree: Var m = σ²/Σtᵢ, Var σ = σ²/2n, independent of each other.
/// Source: A. Lo (1988), Econometric Theory 4(2), for the likelihood of discretely sampled diffusions; here it is normal.
package struct GeometricBrownianMotionFit: ProcessFitter {
  package let model = "gbm"
  package let method = "maximum likelihood in closed form"
  package let fewest = RecordedReturns.fewestBars - 1

  package init() {}

  package func fit(_ returns: RecordedReturns) throws(FitRefusal) -> ProcessFit {
    let n = Double(returns.values.count)
    let drift = returns.values.reduce(0, +) / returns.allYears
    let deviations = zip(returns.values, returns.years).map { ($0 - drift * $1) / $1.squareRoot() }
    let variance = deviations.reduce(0) { $0 + $1 * $1 } / n
    let volatility = variance.squareRoot()
    guard volatility > 0, volatility.isFinite else { throw FitRefusal("the returns have no variance") }
    let logTimes = returns.years.reduce(0) { $0 + log($1) }
    return ProcessFit(
      self,
      [
        FittedParameter(
          name: "annualDrift", unit: "1/year", value: drift + variance / 2,
          standardError: (variance / returns.allYears + variance * variance / (2 * n)).squareRoot(), scale: .plain),
        FittedParameter(
          name: "annualVolatility", unit: "1/√year", value: volatility,
          standardError: volatility / (2 * n).squareRoot(), scale: .positive),
      ], logLikelihood: -0.5 * (n * (log(2 * .pi * variance) + 1) + logTimes),
      probabilities: deviations.map { NormalLaw.cumulative($0 / volatility) }, session: returns.session)
  }
}
