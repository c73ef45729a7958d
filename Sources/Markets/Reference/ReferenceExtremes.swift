import Glibc
import Randomness

/// How far a Brownian bridge goes beyond its two ends, drawn from the exact joint law of both extremes: `Wicks` without its
/// table.
///
/// The high is that of P(max < h) = 1 − exp(−2h(h − x)/v), an exponential's square root. The low given it is found by false
/// position from its conditional law, the derivative in h of the reflection series
///
///     P(max < h, min > −y) = Σₖ exp(−2kD(kD − x)/v) − exp(−2(h + kD)(h + kD − x)/v),  D = h + y.
///
/// Sources: I. Karatzas & S. Shreve (1991), 4.3.40; P. Billingsley (1968), *Convergence of Probability Measures*, 11.10.
enum ReferenceExtremes {
  /// Distances of the highest point above the higher end, and of the lowest below the lower end; both 0 at deviation 0.
  ///
  /// - Parameters:
  ///   - move: from one end to the other.
  ///   - deviation: √v, of the bridge as a free Brownian motion over the same time.
  static func draw(move x: Double, deviation: Double, _ generator: GSLGenerator) -> (up: Double, down: Double) {
    guard deviation > 0 else { return (0, 0) }
    let v = deviation * deviation
    let up = ((x * x + 2 * v * generator.exponential(mean: 1)).squareRoot() - abs(x)) / 2
    return (up, depth(given: up, x, v, generator.uniform()))
  }

  /// The distance of the low below the lower end at which its law, given the high, comes to a probability.
  private static func depth(given up: Double, _ x: Double, _ v: Double, _ probability: Double) -> Double {
    let excess = { (down: Double) in lowAbove(down, given: up, x, v) - probability }
    var (low, high) = (0.0, v / (abs(x) + v.squareRoot()))
    var (below, above) = (-probability, excess(high))
    while above < 0 {
      (low, below) = (high, above)
      high *= 2
      above = excess(high)
    }
    // Illinois: the end that stays twice has its value halved.
    var side = 0
    for _ in 0..<100 {
      let middle = (low * above - high * below) / (above - below)
      let value = excess(middle)
      // So near in probability that no sample tells the difference.
      if abs(value) < 1e-9 || !(high - low > 1e-14 * high) { return middle }
      if value > 0 {
        (high, above) = (middle, value)
        if side == 1 { below /= 2 }
        side = 1
      } else {
        (low, below) = (middle, value)
        if side == -1 { above /= 2 }
        side = -1
      }
    }
    return (low + high) / 2
  }

  /// P(the low stays within `down` of the lower end | the high is `up` above the higher).
  private static func lowAbove(_ down: Double, given up: Double, _ x: Double, _ v: Double) -> Double {
    let h = max(x, 0) + up
    let width = h + max(-x, 0) + down
    let known = 2 * h * (h - x) / v
    // The two exponentials of a k, the one with h and the one without.
    func term(_ k: Double) -> (sum: Double, exponent: Double) {
      let (shift, place) = (k * width, h + k * width)
      let (first, second) = (known - 2 * place * (place - x) / v, known - 2 * shift * (shift - x) / v)
      let sum = (1 + k) * (2 * place - x) * exp(first) - (k == 0 ? 0 : k * (2 * shift - x) * exp(second))
      return (sum, k == 0 ? first : max(first, second))
    }
    var sum = term(0).sum
    for k in 1...60 {
      let (up, down) = (term(Double(k)), term(-Double(k)))
      sum += up.sum + down.sum
      if max(up.exponent, down.exponent) < -40 { break }
    }
    return min(max(sum / (2 * h - x), 0), 1)
  }
}
