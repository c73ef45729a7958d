import Lanes

/// The moves of one span of time under a truncated stable law: its scale at a wanted variance, what of it is a jump, and what the
/// price is compensated for.
///
/// A move is r = cX, cut to |r| ≤ r_max by drawing again what is beyond. It is a jump where |X| > 6√2 (`StableTails.threshold`): where
/// it is more than six of the deviations √2·c that the law has at α = 2. E[e^J] of the jumps J (0 where there is none) and E[e^r] of the others are known
/// by their tails: c is where J − log E[e^J] and r − log E[e^r] have the wanted variance together.
package struct StableMoves: Sendable {
  /// c, in log price.
  package let scale: Double
  /// |X| from which a move is a jump, and to which it may go.
  package let nearest, farthest: Double
  /// P(|r| > r_max) before it is cut.
  package let shareBeyond: Double
  /// Share of the moves that are jumps.
  package let shareOfJumps: Double
  /// log E[e^J].
  package let jumpCompensator: Double
  /// cⁿE[Xⁿ]/n! for n ≥ 1 of a move that is no jump, by place n − 1.
  let series: [Double]
  /// Mean and variance of the log return, compensated.
  package let mean, variance: Double

  /// log E[e^r] of a move that is no jump, without events.
  package var calmCompensator: Double { Self.compensator(series, multiplier: .one)[0] }

  /// √2·c.
  package var deviation: Double { scale * 2.0.squareRoot() }

  private static let terms = 8
  /// Of ln(r_max/c), either way: squares of such numbers are numbers still.
  private static let furthest = 300.0
  /// The largest share that may be cut: each is drawn again.
  package static let mostBeyond = 0.5

  /// The moves with a variance; nil where no scale gives it: where most would have to be cut, or none is small enough.
  package init?(_ tails: inout StableTails, variance wanted: Double, largest: Double) {
    // ln(r_max/c), at which half is cut.
    var (low, high) = (-Self.furthest, Self.furthest)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if tails.beyond(Self.exponential(middle)) > Self.mostBeyond { low = middle } else { high = middle }
    }
    let target = Self.logarithm(wanted)
    func moves(_ place: Double) -> (moves: StableMoves, error: Double) {
      let moves = StableMoves(&tails, farthest: Self.exponential(place), largest: largest)
      return (moves, Self.logarithm(moves.variance) - target)
    }
    let widest = moves(high)
    guard widest.error >= 0 else { return nil }
    // The other end, then false positions with Illinois' halves, in ln(r_max/c) and ln variance.
    var (left, right) = ((place: high, error: widest.error), (place: high, error: widest.error))
    var best = widest
    var span = 1.0
    while right.error > 0 {
      left = right
      right.place = high + span
      span *= 2
      guard right.place <= Self.furthest else { return nil }
      best = moves(right.place)
      right.error = best.error
    }
    for _ in 0..<60 where abs(best.error) > 1e-12 && right.error != left.error {
      let next = right.place - right.error * (right.place - left.place) / (right.error - left.error)
      best = moves(next)
      if (best.error > 0) == (right.error > 0) { left.error /= 2 } else { left = right }
      right = (next, best.error)
    }
    // False for what is no number.
    guard abs(best.error) < 1e-6 else { return nil }
    self = best.moves
  }

  /// The moves that go to r_max = c·u.
  private init(_ tails: inout StableTails, farthest u: Double, largest: Double) {
    let (c, k) = (largest / u, min(StableTails.threshold, u))
    (scale, nearest, farthest) = (c, k, u)
    var inside = [Double](repeating: 0, count: Self.terms + 1)
    var jumps = (count: 0.0, first: 0.0, second: 0.0, price: 0.0)
    inside[0] = 1
    for sign in [1.0, -1] {
      let (near, far) = (tails(sign, k), tails(sign, u))
      inside[0] -= near
      // ∫n xⁿ⁻¹(P(±X > x) − P(±X > k)) over 0…k.
      tails.visitInside(sign, to: k) { x, weight, share in
        var (term, signs) = (weight * (share - near), sign)
        for n in 1...Self.terms {
          inside[n] += signs * Double(n) * term
          term *= x
          signs *= sign
        }
      }
      guard u > k else { continue }
      // By parts: ∫φ′(x)P(±X > x)dx for 1, x, x² and e^{±cx} − 1.
      var (first, second, price) = (0.0, 0.0, 0.0)
      tails.visitBeyond(sign, to: u) { x, weight, share in
        first += weight * share
        second += 2 * x * weight * share
        price += c * Self.exponential(sign * c * x) * weight * share
      }
      jumps.count += near - far
      jumps.first += sign * (k * near - u * far + first)
      jumps.second += k * k * near - u * u * far + second
      jumps.price +=
        expm1(Lanes(sign * c * k))[0] * near - expm1(Lanes(sign * c * u))[0] * far + sign * price
    }
    let whole = inside[0] + jumps.count
    shareBeyond = max(1 - whole, 0)
    shareOfJumps = jumps.count / whole
    jumpCompensator = log1p(Lanes(jumps.price / whole))[0]
    var (series, factor): ([Double], Double) = ([], 1)
    for n in 1...Self.terms {
      factor *= c / Double(n)
      series.append(factor * inside[n] / inside[0])
    }
    self.series = series
    let compensator = Self.compensator(series, multiplier: .one)[0]
    let (g, h, calm) = (jumpCompensator, compensator, inside[0] / whole)
    let expected = c * (jumps.first + inside[1]) / whole - h * calm
    mean = expected - g
    variance =
      c * c * (jumps.second + inside[2]) / whole - 2 * h * c * inside[1] / whole + h * h * calm - expected * expected
  }

  /// log E[e^{mr}] of a move that is no jump.
  @inline(__always)
  static func compensator(_ series: [Double], multiplier: Lanes) -> Lanes {
    var sum = Lanes.zero
    for term in series.reversed() { sum = (sum + term) * multiplier }
    return log1p(sum)
  }

  private static func exponential(_ x: Double) -> Double { exp(Lanes(x))[0] }
  private static func logarithm(_ x: Double) -> Double { log(Lanes(x))[0] }
}
