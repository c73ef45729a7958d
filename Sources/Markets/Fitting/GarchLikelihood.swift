import Glibc
import Randomness
import Statistics

/// GARCH's parameters from the numbers in which its likelihood is maximised, which may be anything.
package struct GarchTerms: Sendable {
  /// Mean log return a year.
  package let drift: Double
  /// θ, the mean of h, 1/year.
  package let mean: Double
  /// P.
  package let persistence: Double
  /// α, γ and β.
  package let reaction, asymmetry, kept: Double

  /// P, (α + γ/2)/P and (γ/2)/(α + γ/2) are any numbers in 0…1: then α, β and γ are not negative, and the variance has a mean.
  package init(_ numbers: [Double]) {
    drift = numbers[0]
    mean = exp(numbers[1])
    persistence = logistic(numbers[2])
    let gained = persistence * Self.share(numbers[3])
    asymmetry = 2 * gained * Self.share(numbers[4])
    // By the other share, which keeps its digits where this one is nearly 1.
    reaction = gained * Self.share(-numbers[4])
    kept = persistence * Self.share(-numbers[3])
  }

  /// A number from which on a share is 0 or 1.
  static let end = 40.0

  /// In 0…1, both included.
  private static func share(_ x: Double) -> Double { abs(x) < end ? logistic(x) : x < 0 ? 0 : 1 }

  /// The numbers behind parameters, each α, γ, β and P in the open range that it can lie in.
  ///
  /// - Parameters:
  ///   - drift: mean log return a year.
  ///   - mean: θ, 1/year.
  ///   - degrees: ν; nil for normal innovations.
  package static func numbers(
    drift: Double, mean: Double, reaction: Double, asymmetry: Double, kept: Double, degrees: Double? = nil
  ) -> [Double] {
    let gained = reaction + 0.5 * asymmetry
    let persistence = gained + kept
    return [
      drift, log(mean), log(persistence / (1 - persistence)), log(gained / kept), log(0.5 * asymmetry / reaction),
    ] + (degrees.map { [log($0 - 2)] } ?? [])
  }
}

/// The likelihood of returns under GARCH with asymmetry.
///
/// h′ = (1 − P)θ + βh + (α + γ·1[ε < 0])ε²/t of a return ε + m·t over t years, with variance h·t. The first h comes from what
/// was before the returns, for which stands the mean of ε²/t over the first 75 with weights 0.94ⁱ, as in RiskMetrics.
/// Source: J.P. Morgan, RiskMetrics Technical Document (1996), 5.3, for the weights.
package struct GarchLikelihood: Likelihood {
  private let values, years: [Double]
  private let isStudent: Bool
  private let before: Double

  /// Of returns, with Student innovations or normal ones.
  package init(_ returns: RecordedReturns, isStudent: Bool) {
    values = returns.values
    years = returns.years
    self.isStudent = isStudent
    let drift = returns.values.reduce(0, +) / returns.allYears
    var (sum, weights, weight) = (0.0, 0.0, 1.0)
    for (value, time) in zip(returns.values, returns.years).prefix(75) {
      sum += weight * (value - drift * time) * (value - drift * time) / time
      weights += weight
      weight *= 0.94
    }
    before = sum / weights
  }

  /// ν.
  static func degrees(_ numbers: [Double]) -> Double { 2 + exp(numbers[5]) }

  /// Gives of each return what it is above its mean, and its variance.
  @inline(__always)
  private func moments(_ numbers: [Double], _ give: (_ innovation: Double, _ variance: Double) -> Void) {
    let terms = GarchTerms(numbers)
    let gained = (1 - terms.persistence) * terms.mean
    var h = gained + terms.persistence * before
    for index in values.indices {
      let innovation = values[index] - terms.drift * years[index]
      give(innovation, h * years[index])
      let weight = innovation < 0 ? terms.reaction + terms.asymmetry : terms.reaction
      h = gained + terms.kept * h + weight * innovation * innovation / years[index]
    }
  }

  package func terms(_ numbers: [Double], _ give: (Double) -> Void) {
    guard isStudent else {
      return moments(numbers) { innovation, variance in
        give(-0.5 * (log(2 * .pi) + log(variance) + innovation * innovation / variance))
      }
    }
    let degrees = Self.degrees(numbers)
    let constant = lgamma((degrees + 1) / 2) - lgamma(degrees / 2) - 0.5 * log(.pi * (degrees - 2))
    moments(numbers) { innovation, variance in
      let square = innovation * innovation / (variance * (degrees - 2))
      give(constant - 0.5 * log(variance) - 0.5 * (degrees + 1) * log1p(square))
    }
  }

  /// P(R ≤ r) of each return, given those before it.
  package func probabilities(_ numbers: [Double]) -> [Double] {
    var probabilities: [Double] = []
    let degrees = isStudent ? Self.degrees(numbers) : 0
    let law = StudentT(median: 0, scale: 1, degrees: isStudent ? degrees : 1)
    moments(numbers) { innovation, variance in
      let z = innovation / variance.squareRoot()
      probabilities.append(
        isStudent ? law.cumulative(z * (degrees / (degrees - 2)).squareRoot()) : NormalLaw.cumulative(z))
    }
    return probabilities
  }
}
