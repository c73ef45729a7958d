import Lanes

/// The double exponential quadrature, whose nodes crowd at both ends.
/// Source: H. Takahasi & M. Mori (1974), Publications of the RIMS 9(3), equation 1.3.
enum DoubleExponential {
  /// Beyond it in t, a node is nearer to an end than 10⁻⁴².
  static let furthest = 4.125
  private static let step = 1.0 / 16

  /// The place in 0…1 at t, as its distances from 0 and from 1, and what it weighs for a unit of t.
  static func node(_ t: Lanes) -> (low: Lanes, high: Lanes, weight: Lanes) {
    let (up, down) = (exp(t), exp(.zero - t))
    // (1 + tanh((π/2) sinh t))/2 = 1/(1 + e^(−π sinh t)).
    let low = 1 / (1 + exp((down - up) * StableLaw.halfPi))
    let high = 1 / (1 + exp((up - down) * StableLaw.halfPi))
    return (low, high, low * high * (up + down) * StableLaw.halfPi)
  }

  /// ∫f over 0…1.
  ///
  /// - Parameter f: given the distances from 0 and from 1, eight places at a time.
  static func integral(_ f: (Lanes, Lanes) -> Lanes) -> Double {
    var sum = Lanes.zero
    eachEight { low, high, weight in sum = fma(f(low, high), weight, sum) }
    return (0..<Lanes.count).reduce(0) { $0 + sum[$1] }
  }

  /// Visits the nodes of an integral over 0…1, with the distances from 0 and from 1 and the weight of each.
  static func each(_ visit: (Double, Double, Double) -> Void) {
    eachEight { low, high, weight in
      for lane in 0..<Lanes.count { visit(low[lane], high[lane], weight[lane]) }
    }
  }

  private static func eachEight(_ visit: (Lanes, Lanes, Lanes) -> Void) {
    for start in stride(from: -64, to: 64, by: Lanes.count) {
      let node = node(Lanes { (Double(start + $0) + 0.5) * step })
      visit(node.low, node.high, node.weight * step)
    }
  }
}
