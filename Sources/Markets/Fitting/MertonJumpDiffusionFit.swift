import Glibc
import Lanes
import Statistics

/// Merton's jump-diffusion fitted by maximum likelihood: over a time t a log return is a mixture of normal laws, by the number
/// of its jumps.
package struct MertonJumpDiffusionFit: ProcessFitter {
  package let model = "merton"
  package let method = "maximum likelihood of the Poisson mixture of normal laws, by GSL's simplex"
  package let fewest = 250

  package init() {}

  package func fit(_ returns: RecordedReturns) throws(FitRefusal) -> ProcessFit {
    let starts = JumpStarts(returns)
    let likelihood = MertonLikelihood(returns, leastVolatility: starts.leastVolatility)
    let numbers = starts.guesses.flatMap { guess -> [[Double]] in
      let jumps = guess.ups + guess.downs
      let mean = jumps.reduce(0, +) / Double(max(jumps.count, 1))
      let square = jumps.reduce(0) { $0 + $1 * $1 } / Double(max(jumps.count, 1))
      let size = max(
        square.squareRoot(), 4 * starts.volatility * (returns.allYears / Double(returns.values.count)).squareRoot())
      return [(1.0, 1.0), (4, 0.6)].map { rate, share in
        [starts.drift, log(starts.volatility), log(guess.rate * rate), mean / rate, log(share * size)]
      }
    }
    let drift = 0.5 * starts.volatility / returns.allYears.squareRoot()
    let jump = 0.25 * starts.volatility * (returns.allYears / Double(returns.values.count)).squareRoot()
    return try JumpFit.fit(
      self, returns, likelihood, Self.parameters, starts: numbers, steps: [drift, 0.1, 0.4, jump, 0.2]
    ) {
      likelihood.probabilities($0)
    }
  }

  private static let parameters = [
    NaturalParameter("annualDrift", "1/year", .plain) { numbers in
      let law = MertonLaw(numbers)
      // The mean of the log return is (μ − ½σ_d² − λk) + λm.
      let k = expm1(law.mean + 0.5 * law.deviation * law.deviation)
      return law.drift + 0.5 * law.volatility * law.volatility + law.rate * (k - law.mean)
    },
    NaturalParameter("annualVolatility", "1/√year", .positive) { numbers in
      let law = MertonLaw(numbers)
      let square = law.mean * law.mean + law.deviation * law.deviation
      return (law.volatility * law.volatility + law.rate * square).squareRoot()
    },
    NaturalParameter("jumpsPerYear", "1/year", .positive) { MertonLaw($0).rate },
    NaturalParameter("meanJump", "log return", .plain) { MertonLaw($0).mean },
    NaturalParameter("jumpVolatility", "log return", .positive) { MertonLaw($0).deviation },
  ]
}

/// The numbers in which Merton's likelihood is maximised.
struct MertonLaw: Sendable {
  /// Mean of the log return a year, jumps included.
  let drift: Double
  /// σ_d of the diffusion alone.
  let volatility: Double
  /// λ, m_J and s_J.
  let rate, mean, deviation: Double

  init(_ numbers: [Double]) {
    drift = numbers[0]
    volatility = exp(numbers[1])
    rate = exp(numbers[2])
    mean = numbers[3]
    deviation = exp(numbers[4])
  }

  /// A normal law of the mixture.
  struct Part {
    let weight, mean, variance: Double
  }

  /// The normal laws over a time in years, by the number of jumps, to where 10⁻¹² of all is left.
  func parts(_ years: Double) -> [Part] {
    let expected = rate * years
    let most = Int(expected + 8 * expected.squareRoot() + 10)
    var weight = exp(-expected)
    return (0...most).map { jumps in
      if jumps > 0 { weight *= expected / Double(jumps) }
      let n = Double(jumps)
      return Part(
        weight: weight, mean: (drift - rate * mean) * years + n * mean,
        variance: volatility * volatility * years + n * deviation * deviation)
    }
  }
}

/// The likelihood of returns under Merton's model.
///
/// The density over t is Σ_n e^{−λt}(λt)ⁿ/n!·φ(r; (μ − ½σ_d² − λk)t + n·m_J, σ_d²t + n·s_J²).
/// Source: R. C. Merton (1976), Journal of Financial Economics 3.
package struct MertonLikelihood: Likelihood {
  private let leastVolatility: Double
  private let times: ReturnTimes

  /// Of returns; −∞ where the diffusion is under `leastVolatility`.
  package init(_ returns: RecordedReturns, leastVolatility: Double = 0) {
    self.leastVolatility = leastVolatility
    times = ReturnTimes(returns)
  }

  package func terms(_ numbers: [Double], _ give: (Double) -> Void) {
    let law = MertonLaw(numbers)
    guard law.volatility >= leastVolatility, law.rate <= 100_000, abs(law.mean) <= 1, law.deviation <= 1,
      law.rate * times.longest <= 200
    else { return give(-.infinity) }
    let parts = times.lengths.map { years in
      law.parts(years).map { part in
        (log(part.weight) - 0.5 * log(2 * .pi * part.variance), part.mean, -0.5 / part.variance)
      }
    }
    times.forEachGroup { values, length, count in
      // Of the largest part, so that none of a far return is lost under the smallest number.
      var exponents = Lanes(-Double.infinity)
      for (constant, mean, scale) in parts[length] {
        let distance = values - mean
        exponents = max(exponents, fma(distance * scale, distance, Lanes(constant)))
      }
      var sum = Lanes.zero
      for (constant, mean, scale) in parts[length] {
        let distance = values - mean
        sum += exp(fma(distance * scale, distance, Lanes(constant)) - exponents)
      }
      let terms = exponents + log(sum)
      for lane in 0..<count { give(terms[lane]) }
    }
  }

  /// P(R ≤ r) of each return.
  package func probabilities(_ numbers: [Double]) -> [Double] {
    let law = MertonLaw(numbers)
    let parts = times.lengths.map(law.parts)
    return times.inOrder { value, length in
      parts[length].reduce(0) { sum, part in
        sum + part.weight * NormalLaw.cumulative((value - part.mean) / part.variance.squareRoot())
      }
    }
  }
}
