import Foundation
import Statistics
import Testing

@Suite("The maximum of a likelihood")
struct LikelihoodMaximumTests {
  /// Normal observations, in their mean and the logarithm of their deviation.
  private struct NormalSample: Likelihood {
    let values: [Double]

    func terms(_ numbers: [Double], _ give: (Double) -> Void) {
      let deviation = exp(numbers[1])
      for value in values {
        let z = (value - numbers[0]) / deviation
        give(-0.5 * z * z - numbers[1] - 0.5 * log(2 * .pi))
      }
    }
  }

  private static let values = [0.3, -1.2, 0.8, 2.5, -0.4, 0.1, -0.9, 1.7, 0.05, -2.2]

  /// Planted and seen here or next door: a search that takes any end for a maximum, mixed second differences over 4 instead of 3,
  /// half of Kolmogorov's distance, a simplex that hands on what is not finite.
  ///
  /// Mean 0.075, variance 1.707625, third and fourth central moments 0.406275 and 7.221784140625: exact sums. With s² and m₃, m₄
  /// the observed information of (μ, log σ) is diag(n/s², 2n), and the slopes' outer products have the diagonal n/s², Σ(z² − 1)² =
  /// n(m₄/s⁴ − 1) and beside it n·m₃/s³·(1/s).
  @Test("of a normal sample is where algebra puts it, with its information and its robust one")
  func normal() throws {
    let sample = NormalSample(values: Self.values)
    let maximum = try LikelihoodMaximum(
      of: sample, starts: [[3, 1], [-2, 0], [0, -1]], tries: 2, steps: [0.5, 0.5])
    let (n, variance, third, fourth) = (10.0, 1.707625, 0.406275, 7.221784140625)
    #expect(abs(maximum.numbers[0] - 0.075) < 1e-5 && abs(maximum.numbers[1] - 0.5 * log(variance)) < 1e-5)
    #expect(abs(maximum.value - (-0.5 * n * (log(2 * .pi * variance) + 1))) < 1e-10)
    let expected = [[variance / n, 0], [0, 1 / (2 * n)]]
    let beside = third / (variance * 2 * n)
    let robust = [
      [variance / n, variance * beside / variance], [beside, (fourth / (variance * variance) - 1) / (4 * n)],
    ]
    for row in 0..<2 {
      for column in 0..<2 {
        #expect(abs(maximum.covariance[row][column] - expected[row][column]) < 1e-5, "\(row) \(column)")
        #expect(abs(maximum.robustCovariance[row][column] - robust[row][column]) < 1e-4, "\(maximum.robustCovariance)")
      }
    }
    #expect(maximum.starts.tried == 2 && maximum.starts.agreeing == 2)
  }

  /// One number of which the observations tell nothing, and one towards whose end the likelihood rises for ever.
  private struct Endless: Likelihood {
    let isFlat: Bool

    func terms(_ numbers: [Double], _ give: (Double) -> Void) {
      give(-numbers[0] * numbers[0] + (isFlat ? 0 : -exp(-numbers[1])))
    }
  }

  @Test("is not told where there is none", arguments: [true, false])
  func none(isFlat: Bool) {
    #expect(throws: LikelihoodMaximum.Failure.self) {
      try LikelihoodMaximum(of: Endless(isFlat: isFlat), starts: [[1, 1]], tries: 1, steps: [0.3, 0.3])
    }
    struct Nothing: Likelihood {
      func terms(_ numbers: [Double], _ give: (Double) -> Void) { give(-.infinity) }
    }
    #expect(throws: LikelihoodMaximum.Failure.nowhere) {
      try LikelihoodMaximum(of: Nothing(), starts: [[1]], tries: 1, steps: [1])
    }
  }

  /// Rosenbrock's valley, from the other side of the bend to (1, 1). It has no value at one corner of the first simplex, which GSL
  /// alone would refuse.
  @Test("the simplex finds the end of a bent valley, and goes round what has no value")
  func simplex() {
    let minimum = SimplexMinimum(from: [-1.2, 1], steps: [0.5, 0.5], size: 1e-6) { point in
      let (x, y) = (point[0], point[1])
      return y > 1.3 ? .nan : 100 * (y - x * x) * (y - x * x) + (1 - x) * (1 - x)
    }
    #expect(minimum.hasShrunk && abs(minimum.point[0] - 1) < 1e-4 && abs(minimum.point[1] - 1) < 1e-4, "\(minimum)")
  }

  /// e^x + x²y + y⁴ + 3y² at (0.4, 0.7): slopes e^x + 2xy and x² + 4y³ + 6y; e^x + 2y, 2x, 12y² + 6.
  @Test("slopes and curvature are those of calculus")
  func curvature() {
    let found = Curvature(
      of: { point in
        let (x, y) = (point[0], point[1])
        return exp(x) + x * x * y + y * y * y * y + 3 * y * y
      }, at: [0.4, 0.7])
    let slopes = [exp(0.4) + 0.56, 0.16 + 4 * 0.343 + 4.2]
    let bends = [[exp(0.4) + 1.4, 0.8], [0.8, 12 * 0.49 + 6]]
    for row in 0..<2 {
      #expect(abs(found.gradient[row] - slopes[row]) < 1e-6, "\(found.gradient)")
      for column in 0..<2 { #expect(abs(found.hessian[row][column] - bends[row][column]) < 1e-5, "\(found.hessian)") }
    }
  }

  /// scipy 1.17.1: kstest(x, "uniform").statistic and kstwo.sf(D, n), to which the limit law comes near.
  @Test("Kolmogorov's distance and its probability are scipy's")
  func distance() {
    let distance = KolmogorovDistance([0.43, 0.02, 0.11, 0.13, 0.4, 0.42, 0.61, 0.77, 0.99, 0.78])
    #expect(abs(distance.distance - 0.17) < 1e-12)
    for (largest, count, probability) in [
      (0.1, 100, 0.2526927570063874), (0.02, 3269, 0.14430628980292992), (0.3, 20, 0.04306706665851623),
      (0.0085, 3269, 0.9706247537824138),
    ] {
      // A sample with that distance: the first numbers lie by it too high, the others as they should.
      let sample = (0..<count).map { min(1, max((Double($0) + 0.5) / Double(count), largest)) }
      let found = KolmogorovDistance(sample)
      #expect(abs(found.distance - largest) < 1e-12)
      #expect(abs(found.probability - probability) < 4e-3, "\(largest) \(found.probability)")
    }
  }
}
