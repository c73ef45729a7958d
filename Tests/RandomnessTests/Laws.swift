import CGSL
import Foundation
import Randomness

// What the statistical tests share. Every test has a fixed seed, so it gives the same answer for ever; its false-alarm
// rate is that of the seed's choice.

/// P(D ≥ the largest distance between sample and law), by Kolmogorov and Smirnov, with Stephens' correction for n.
/// Source: Stephens (1970), Journal of the Royal Statistical Society B 32.
func kolmogorovSmirnov(_ sample: [Double], _ law: (Double) -> Double) -> Double {
  let n = Double(sample.count)
  var distance = 0.0
  for (index, x) in sample.sorted().enumerated() {
    let p = law(x)
    distance = max(distance, p - Double(index) / n, Double(index + 1) / n - p)
  }
  let scaled = distance * (n.squareRoot() + 0.12 + 0.11 / n.squareRoot())
  let terms = (1...50).map { k in (k % 2 == 1 ? 2.0 : -2.0) * exp(-2 * Double(k * k) * scaled * scaled) }
  return min(1, max(0, terms.reduce(0, +)))
}

/// The distance of a sample's mean from a known one, in standard errors of a known standard deviation.
func standardErrors(_ sample: [Double], from mean: Double, deviation: Double) -> Double {
  (sample.reduce(0, +) / Double(sample.count) - mean) / (deviation / Double(sample.count).squareRoot())
}

/// The largest of |z| of the first four moments of a sample that should be standard normal.
func worstMoment(_ normals: [Double]) -> Double {
  // E[Zᵏ] and the variance of Zᵏ, for k = 1 … 4.
  let laws: [(mean: Double, variance: Double)] = [(0, 1), (1, 2), (0, 15), (3, 96)]
  return zip(1..., laws).map { power, law in
    abs(standardErrors(normals.map { pow($0, Double(power)) }, from: law.mean, deviation: law.variance.squareRoot()))
  }.max() ?? .infinity
}

/// Correlation of two samples in standard errors, for independent standard normals.
func correlationInStandardErrors(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).map { $0 * $1 }.reduce(0, +) / Double(a.count).squareRoot()
}

/// The distance of two numbers, in units of the last place of a scale.
func ulps(_ a: Double, _ b: Double, of scale: Double) -> Double { abs(a - b) / scale.ulp }

/// Streams of a fixed seed for tests.
let testStreams = RandomStreams(seed: 20_240_101, namespace: .report)
