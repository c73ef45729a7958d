/// A property that each path has or has not in two worlds: how much likelier it is in the first.
package struct PairedShares: Sendable, Hashable {
  /// Paths that have it in the first world alone.
  package let onlyFirst: Int
  /// Paths that have it in the second world alone.
  package let onlySecond: Int
  /// All paths.
  package let pairs: Int

  /// The paths that tell the worlds apart, among all.
  package init(onlyFirst: Int, onlySecond: Int, of pairs: Int) {
    precondition(
      onlyFirst >= 0 && onlySecond >= 0 && onlyFirst + onlySecond <= pairs, "Invariant: a path differs one way or none")
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.pairs = pairs
  }

  /// The difference of both shares with Tango's score interval: all Δ at which |b − c − nΔ| ≤ z√(n(2q̃ + Δ(1 − Δ))), q̃ the
  /// likeliest share of paths that only the second world has, given Δ.
  ///
  /// It covers where few paths differ, when Student's t covers 0.87; where none does it is the same width to both sides,
  /// and nothing was seen. Unknown without paths. Source: Tango (1998), Statistics in Medicine 17(8).
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard pairs > 0 else { return .unknown(n: 0, confidence: confidence, method: .tango) }
    let value = Double(onlyFirst - onlySecond) / Double(pairs)
    let z = CriticalValue.normal(confidence)
    let interval = Estimate(
      value: value, low: end(from: -1, to: value) { $0 <= z }, high: end(from: 1, to: value) { $0 >= -z },
      confidence: confidence, n: pairs, method: .tango)
    return onlyFirst + onlySecond == 0 ? interval.asNotSeen() : interval
  }

  /// The difference farthest from the value, on the way to an end of −1…1, whose score passes.
  private func end(from outermost: Double, to value: Double, _ passes: (Double) -> Bool) -> Double {
    var (outside, inside) = (outermost, value)
    for _ in 0..<60 {
      let middle = (outside + inside) / 2
      if passes(score(middle)) { inside = middle } else { outside = middle }
    }
    return inside
  }

  /// The standardised distance between what was counted and a difference Δ strictly between −1 and 1.
  private func score(_ difference: Double) -> Double {
    let (b, c, n) = (Double(onlyFirst), Double(onlySecond), Double(pairs))
    let linear = (2 * n - b + c) * difference - b - c
    let root = max(0, linear * linear + 8 * n * c * difference * (1 - difference)).squareRoot()
    let share = max(0, (root - linear) / (4 * n))
    let variance = n * (2 * share + difference * (1 - difference))
    let distance = b - c - n * difference
    guard variance > 0 else { return distance == 0 ? 0 : distance * .infinity }
    return distance / variance.squareRoot()
  }
}
