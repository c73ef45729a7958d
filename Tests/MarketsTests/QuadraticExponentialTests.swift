import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// One step of Andersen's scheme against the mean that it must have, summed up and not sampled.
///
/// Planted mistake: a step that takes the file's correlation whatever it bears.
struct QuadraticExponentialTests {
  /// A step.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kappa, theta, xi, rho, years: Double
    var multipliers = [1.0]
    /// Whether the correlation is lowered, at each multiplier.
    let isLowered: [Bool]
  }

  static let cases = [
    Case(
      testDescription: "Andersen's case I", kappa: 0.5, theta: 0.04, xi: 1, rho: -0.9, years: 0.25, isLowered: [false]),
    Case(
      testDescription: "Andersen's case II", kappa: 0.3, theta: 0.04, xi: 0.9, rho: -0.5, years: 0.25,
      isLowered: [false]),
    Case(
      testDescription: "Andersen's case III", kappa: 1, theta: 0.09, xi: 1, rho: -0.3, years: 0.25, isLowered: [false]),
    Case(
      testDescription: "case I on steps of a year, ten times as volatile", kappa: 0.5, theta: 0.04, xi: 1, rho: -0.9,
      years: 1, multipliers: [10], isLowered: [false]),
    Case(
      testDescription: "falls that calm", kappa: 2, theta: 0.06, xi: 0.8, rho: 0.6, years: 0.125,
      multipliers: [0, 1, 8, 20], isLowered: [false, false, false, true]),
    Case(
      testDescription: "a correlation of 1", kappa: 4, theta: 1, xi: 10, rho: 1, years: 0.25, multipliers: [1, 3],
      isLowered: [true, true]),
    Case(
      testDescription: "a year at once", kappa: 1, theta: 0.2, xi: 4, rho: 0.85, years: 1, multipliers: [0.2, 1, 5],
      isLowered: [true, true, true]),
    Case(
      testDescription: "a variance that forgets within the step", kappa: 50, theta: 0.3, xi: 20, rho: 0.08, years: 0.5,
      multipliers: [1, 4], isLowered: [false, true]),
  ]

  /// E[e^{X′ − X − μdt} | v] by the trapezoid rule over the variance's own way, in closed form over the rest.
  ///
  /// With the price's ε = ρz + √(1 − ρ²)y and η = √(1 − ρ²)z − ρy the variance sees z alone and the price besides it c·y, normal: so
  /// the mean is that of e^{move + ½c²} over z, where move is that of y = 0, and c what y = 1 adds.
  private static func mean(_ scheme: QuadraticExponential, rho: Double, v: Double, m: Double) -> Double {
    let rest = (1 - rho * rho).squareRoot()
    func step(_ z: Double, _ y: Double) -> QuadraticExponential.Step {
      scheme.step(
        from: Lanes(v), price: Lanes(rho * z + rest * y), own: Lanes(rest * z - rho * y), multiplier: Lanes(m))
    }
    let width = 1.0 / 512
    return (-20 * 512...20 * 512).reduce(0.0) { sum, place in
      let z = Double(place) * width
      let (still, moved) = (step(z, 0), step(z, 1))
      let c = moved.move[0] - still.move[0]
      return sum + width * exp(still.move[0] + 0.5 * c * c - 0.5 * z * z) / (2 * Double.pi).squareRoot()
    }
  }

  @Test("the mean price is exact from every variance, whether the step bears the correlation or not", arguments: cases)
  func martingale(_ one: Case) {
    let scheme = QuadraticExponential(
      mean: Lanes(one.theta), reversion: Lanes(one.kappa), volatility: Lanes(one.xi), correlation: Lanes(one.rho),
      years: one.years)
    let bearable = QuadraticExponential.bearableCorrelation(
      reversion: Lanes(one.kappa), volatility: Lanes(one.xi), years: one.years)[0]
    for (m, isLowered) in zip(one.multipliers, one.isLowered) {
      #expect((one.rho > bearable / m) == isLowered, "\(m): \(bearable)")
      let rho = min(one.rho, bearable / m)
      for v in [0, 1e-4, 0.1, 0.5, 1, 2, 5, 20, 200].map({ $0 * one.theta }) {
        let mean = Self.mean(scheme, rho: rho, v: v, m: m)
        // The exponential branch has a kink, which the rule sees.
        #expect(abs(mean - 1) < 1e-4, "multiplier \(m), v \(v): \(mean)")
      }
    }
  }

  /// The condition of Andersen's propositions 6 and 7 itself, at 4,000 steps of all sorts: A < 1/2a or A < β.
  @Test("at the correlation that a step bears the correction exists, and at ten times as much it often does not")
  func bound() {
    var stream = SparseStream(RandomStreams(seed: 3, namespace: .test).key("bound"), path: 0)
    func spread(_ low: Double, _ high: Double) -> Double { low * pow(high / low, stream.uniform()) }
    var missing = 0
    for _ in 0..<4000 {
      let (kappa, theta, xi) = (spread(0.01, 1000), spread(1e-4, 4), spread(0.01, 100))
      let (years, m, v) = (spread(1e-5, 1), spread(0.1, 20), theta * spread(1e-6, 1e3))
      let bearable = QuadraticExponential.bearableCorrelation(
        reversion: Lanes(kappa), volatility: Lanes(xi), years: years)[0]
      /// Whether there is a mean, with the sum of what the price takes from v′ as `a`.
      func exists(_ rho: Double) -> Bool {
        let kept = exp(-kappa * years)
        let mean = theta + (v - theta) * kept
        let variance =
          v * xi * xi * kept * (1 - kept) / kappa + theta * xi * xi * (1 - kept) * (1 - kept) / (2 * kappa)
        let psi = variance / (mean * mean)
        let a =
          years / 2 * (kappa * rho * m / xi - m * m / 2) + rho * m / xi + years * m * m * (1 - rho * rho) / 4
        guard psi <= 1.5 else { return a < 2 / ((psi + 1) * mean) }
        let b2 = 2 / psi - 1 + (2 / psi * (2 / psi - 1)).squareRoot()
        return a < (1 + b2) / (2 * mean)
      }
      #expect(exists(min(1, bearable / m)))
      if bearable / m < 0.1, !exists(10 * bearable / m) { missing += 1 }
    }
    #expect(missing > 20, "\(missing)")
  }

  @Test("a clock whose steps lower a correlation says so, with what is left, and one of minutes does not")
  func limits() throws {
    let heston = try Heston(
      annualVolatility: .fixed(0.5), reversion: .fixed(4), volatilityOfVariance: .fixed(8), correlation: .fixed(0.9))
    let coarse = heston.limits(on: try SmallMarket.coarseClock(stepsPerYear: 4, steps: 4))
    // ½·4/(8(1 − 1/e)·1.5)
    #expect(coarse.contains { $0.contains("is at most 0.264 on some") && $0.contains("up to 0.9:") }, "\(coarse)")
    #expect(heston.limits(on: try SmallMarket.clock(steps: 10)) == heston.limits)
    let falling = try Heston(
      annualVolatility: .fixed(0.5), reversion: .fixed(4), volatilityOfVariance: .fixed(8), correlation: .fixed(-0.9))
    #expect(falling.limits(on: try SmallMarket.coarseClock(stepsPerYear: 4, steps: 4)) == falling.limits)
  }
}
