import Lanes

/// Both tails of a stable law, and the integrals over them that its truncated moves need; what was computed once is kept.
package struct StableTails {
  /// One tail.
  private struct Side {
    let tail: StableTail
    /// P(±X > x) at the nodes of the quadrature over 0…threshold, once they were needed.
    var inside: [Double] = []
    /// Likewise at those of panels from there on, each of which doubles x.
    var panels: [[Double]] = []
  }

  private var up, down: Side

  /// |X| from which a move is a jump: six deviations √2.
  static let threshold = 6 * 2.0.squareRoot()
  /// The Gauss-Legendre quadrature of eight places on −1…1, by the places above 0.
  /// Source: Abramowitz & Stegun (1964), table 25.4.
  private static let gauss = [
    (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
    (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763),
  ].flatMap { [(-$0.0, $0.1), ($0.0, $0.1)] }

  /// The tails of a law.
  package init(_ law: StableLaw) {
    up = Side(tail: StableTail(law))
    down = Side(tail: StableTail(StableLaw(alpha: law.alpha, beta: -law.beta)))
  }

  /// P(±X > x), with the sign ±.
  func callAsFunction(_ sign: Double, _ x: Double) -> Double { (sign > 0 ? up : down).tail.above(x) }

  /// P(|X| > x).
  func beyond(_ x: Double) -> Double { up.tail.above(x) + down.tail.above(x) }

  /// Visits places x in 0…k with the weight of each and P(±X > x).
  mutating func visitInside(_ sign: Double, to k: Double, _ visit: (Double, Double, Double) -> Void) {
    let tail = (sign > 0 ? up : down).tail
    guard k == Self.threshold else {
      DoubleExponential.each { low, _, weight in visit(k * low, k * weight, tail.above(k * low)) }
      return
    }
    var inside = (sign > 0 ? up : down).inside
    if inside.isEmpty {
      DoubleExponential.each { low, _, _ in inside.append(tail.above(k * low)) }
      if sign > 0 { up.inside = inside } else { down.inside = inside }
    }
    var index = 0
    DoubleExponential.each { low, _, weight in
      visit(k * low, k * weight, inside[index])
      index += 1
    }
  }

  /// Likewise from the threshold on to u.
  mutating func visitBeyond(_ sign: Double, to u: Double, _ visit: (Double, Double, Double) -> Void) {
    var start = Self.threshold
    var panel = 0
    while start < u {
      let end = min(2 * start, u)
      if end == 2 * start {
        if (sign > 0 ? up : down).panels.count == panel {
          let tail = (sign > 0 ? up : down).tail
          let values = Self.gauss.map { tail.above(start * exp2(Lanes(0.5 + 0.5 * $0.0))[0]) }
          if sign > 0 { up.panels.append(values) } else { down.panels.append(values) }
        }
      }
      // Over ln x.
      let span = log(Lanes(end / start))[0]
      for (index, node) in Self.gauss.enumerated() {
        let isWhole = end == 2 * start
        let x = start * (isWhole ? exp2(Lanes(0.5 + 0.5 * node.0)) : exp(Lanes(span * (0.5 + 0.5 * node.0))))[0]
        let side = sign > 0 ? up : down
        visit(x, x * 0.5 * span * node.1, isWhole ? side.panels[panel][index] : side.tail.above(x))
      }
      start = end
      panel += 1
    }
  }
}
