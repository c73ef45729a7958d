import Glibc
import Lanes
import Statistics

/// Kou's jump-diffusion fitted by maximum likelihood, its density from the characteristic function.
package struct KouJumpDiffusionFit: ProcessFitter {
  package let model = "kou"
  package let method =
    "maximum likelihood with the density by Fourier's series of the characteristic function, by GSL's simplex"
  package let fewest = 250

  package init() {}

  package func fit(_ returns: RecordedReturns) throws(FitRefusal) -> ProcessFit {
    let starts = JumpStarts(returns)
    let likelihood = KouLikelihood(returns, leastVolatility: starts.leastVolatility)
    let bar = starts.volatility * (returns.allYears / Double(returns.values.count)).squareRoot()
    let numbers = starts.guesses.flatMap { guess -> [[Double]] in
      func mean(_ sizes: [Double]) -> Double {
        min(max(sizes.reduce(0) { $0 + abs($1) } / Double(max(sizes.count, 1)), 2 * bar), 0.3)
      }
      let share = (Double(guess.ups.count) + 1) / Double(guess.ups.count + guess.downs.count + 2)
      return [(1.0, 0.7), (4, 0.4)].map { rate, size in
        [
          starts.drift, log(starts.volatility), log(guess.rate * rate), log(share / (1 - share)),
          log(size * mean(guess.ups)), log(size * mean(guess.downs)),
        ]
      }
    }
    let drift = 0.5 * starts.volatility / returns.allYears.squareRoot()
    return try JumpFit.fit(
      self, returns, likelihood, Self.parameters, starts: numbers, steps: [drift, 0.1, 0.4, 0.3, 0.2, 0.2]
    ) {
      likelihood.probabilities($0)
    }
  }

  private static let parameters = [
    NaturalParameter("annualDrift", "1/year", .plain) { numbers in
      let law = KouLaw(numbers)
      let k = law.p * law.up / (1 - law.up) - (1 - law.p) * law.down / (1 + law.down)
      return law.drift + 0.5 * law.volatility * law.volatility + law.rate * (k - law.meanJump)
    },
    NaturalParameter("annualVolatility", "1/√year", .positive) { numbers in
      let law = KouLaw(numbers)
      let square = 2 * (law.p * law.up * law.up + (1 - law.p) * law.down * law.down)
      return (law.volatility * law.volatility + law.rate * square).squareRoot()
    },
    NaturalParameter("jumpsPerYear", "1/year", .positive) { KouLaw($0).rate },
    NaturalParameter("upProbability", "fraction", .share) { KouLaw($0).p },
    NaturalParameter("meanUpJump", "log return", .positive) { KouLaw($0).up },
    NaturalParameter("meanDownJump", "log return", .positive) { KouLaw($0).down },
  ]
}

/// The numbers in which Kou's likelihood is maximised.
struct KouLaw: Sendable {
  /// Mean of the log return a year, jumps included.
  let drift: Double
  /// σ_d of the diffusion alone.
  let volatility: Double
  /// λ, p, 1/η₁ and 1/η₂.
  let rate, p, up, down: Double

  init(_ numbers: [Double]) {
    drift = numbers[0]
    volatility = exp(numbers[1])
    rate = exp(numbers[2])
    p = logistic(numbers[3])
    up = exp(numbers[4])
    down = exp(numbers[5])
  }

  /// E J.
  var meanJump: Double { p * up - (1 - p) * down }

  /// E[e^{iωR}] of the log return over a time in years: exp(iω(a − λEJ)t − ½σ_d²ω²t + λt(p/(1 − iω/η₁) + (1 − p)/(1 + iω/η₂) − 1)).
  func characteristic(_ omega: Double, _ years: Double) -> (real: Double, imaginary: Double) {
    let (u, d) = (omega * up, omega * down)
    let (atUp, atDown) = (p / (1 + u * u), (1 - p) / (1 + d * d))
    let size = -0.5 * volatility * volatility * omega * omega * years + rate * years * (atUp + atDown - 1)
    let angle = omega * (drift - rate * meanJump) * years + rate * years * (atUp * u - atDown * d)
    return (exp(size) * cos(angle), exp(size) * sin(angle))
  }
}

/// The likelihood of returns under Kou's model.
///
/// Repeated with a period L the density is the Fourier series (1/L)(1 + 2Σ Re φ(2πk/L)e^{−2πikr/L}). L leaves room for the
/// farthest return and forty mean jumps beyond it, so that what the neighbours add is nothing; the series ends where the
/// diffusion's e^{−½σ_d²ω²t} is under 10⁻¹⁷. It is summed by Clenshaw's recurrence, to about 10⁻¹² of the density's peak.
/// Sources: S. G. Kou (2002), Management Science 48(8), for the law; W. Feller, An Introduction to Probability Theory and its
/// Applications II (1971), XIX.5, for Poisson's sum.
package struct KouLikelihood: Likelihood {
  private let leastVolatility: Double
  private let times: ReturnTimes

  /// Of returns; −∞ where the diffusion is under `leastVolatility`.
  package init(_ returns: RecordedReturns, leastVolatility: Double = 0) {
    self.leastVolatility = leastVolatility
    times = ReturnTimes(returns)
  }

  /// The series of a time's density.
  private struct Series {
    let period: Double
    /// Re φ and Im φ, from k = 1.
    var cosines: [Double] = []
    var sines: [Double] = []

    /// nil where it would be longer than `most`.
    init?(_ law: KouLaw, _ years: Double, furthest: Double, most: Int = 1 << 12) {
      period =
        2 * (furthest + abs(law.drift) * years + 9 * law.volatility * years.squareRoot()) + 40 * max(law.up, law.down)
      let step = 2 * Double.pi / period
      let count = (8.9 / (law.volatility * years.squareRoot()) / step).rounded(.up)
      guard count <= Double(most) else { return nil }
      for k in 1...max(1, Int(count)) {
        let (real, imaginary) = law.characteristic(Double(k) * step, years)
        cosines.append(real)
        sines.append(imaginary)
      }
    }

    /// The density at eight places.
    func density(_ values: Lanes) -> Lanes {
      let (sine, cosine) = sinCosTurns(values * (1 / period))
      let double = cosine + cosine
      var (a1, a2, b1, b2) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for index in cosines.indices.reversed() {
        (a1, a2) = (fma(double, a1, Lanes(cosines[index]) - a2), a1)
        (b1, b2) = (fma(double, b1, Lanes(sines[index]) - b2), b1)
      }
      let sum = fma(cosine, a1, -a2) + sine * b1
      return fma(sum, 2, 1.0) * (1 / period)
    }

    /// The probability up to a place, from half a period below 0.
    func probability(_ value: Double) -> Double {
      var sum = 0.5 * period + value
      for index in cosines.indices {
        let omega = 2 * Double.pi * Double(index + 1) / period
        let start = index % 2 == 0 ? -1.0 : 1
        sum += 2 / omega * (cosines[index] * sin(omega * value) - sines[index] * (cos(omega * value) - start))
      }
      return min(1, max(0, sum / period))
    }
  }

  private func series(_ law: KouLaw) -> [Series]? {
    let furthest = times.furthest
    let all = times.lengths.compactMap { Series(law, $0, furthest: furthest) }
    return all.count == times.lengths.count ? all : nil
  }

  package func terms(_ numbers: [Double], _ give: (Double) -> Void) {
    let law = KouLaw(numbers)
    guard law.volatility >= leastVolatility, law.rate <= 100_000, law.up < 0.5, law.down <= 1,
      law.rate * times.longest <= 200, let series = series(law)
    else { return give(-.infinity) }
    times.forEachGroup { values, length, count in
      // Rounding leaves noise where the density is nothing.
      let terms = log(max(series[length].density(values), 1e-9))
      for lane in 0..<count { give(terms[lane]) }
    }
  }

  /// P(R ≤ r) of each return.
  package func probabilities(_ numbers: [Double]) -> [Double] {
    guard let series = series(KouLaw(numbers)) else { return [] }
    return times.inOrder { value, length in series[length].probability(value) }
  }
}
