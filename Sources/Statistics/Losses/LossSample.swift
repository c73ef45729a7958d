/// A sample of losses, one a path, and its tail risk. A positive number is a loss, as a fraction of starting equity.
package struct LossSample: Sendable, Hashable {
  /// The losses in order.
  package let sorted: SortedSample

  /// Of finite losses.
  package init(losses: some Sequence<Double>) {
    sorted = SortedSample(losses)
  }

  /// Of finite returns: a return of −0.02 is a loss of 0.02.
  package init(returns: some Sequence<Double>) {
    sorted = SortedSample(returns.lazy.map { -$0 })
  }

  /// Of returns in order, which need no sorting again.
  package init(returns: SortedSample) {
    sorted = SortedSample(sorted: returns.values.reversed().map { -$0 })
  }

  /// Value at risk: the quantile of the losses at `level` in (0, 1), an order statistic with a distribution-free
  /// interval.
  package func valueAtRisk(_ level: Double, confidence: Double = Estimate.defaultConfidence) -> Estimate {
    sorted.quantile(level, confidence: confidence)
  }

  /// Expected shortfall: the mean of the worst 1 − `level` of the losses, for a level in (0, 1).
  ///
  /// With w = n(1 − level) it is (L₍ₙ₎ + … over the ⌊w⌋ worst, plus w − ⌊w⌋ of the next one)/w, so that it is defined
  /// for any n, is never under the value at risk and is coherent also where losses tie. Interval:
  /// Var(ES) ≈ (Var(L | tail) + level·(ES − VaR)²)/w, with Student's t at ⌈w⌉ − 1 degrees of freedom after Hall's
  /// transformation for the skewness of (L − VaR)⁺, whose mean it is but for VaR. It needs losses of finite variance, and
  /// at least ``fewestInTail`` paths in the tail: fewer are too few for bounds. Where the whole tail is one loss nothing
  /// else was seen. Unknown for an empty sample.
  /// Source: Acerbi & Tasche (2002), J. Banking & Finance 26(7), definition 2.6 and proposition 4.1; variance by
  /// Manistre & Hancock (2005), North American Actuarial J. 9(2).
  package func expectedShortfall(_ level: Double, confidence: Double = Estimate.defaultConfidence) -> Estimate {
    precondition(level > 0 && level < 1, "Invariant: the level of a shortfall lies between 0 and 1")
    let n = sorted.count
    guard n > 0 else { return .unknown(n: 0, confidence: confidence, method: .tailVariance) }
    let weight = Double(n) * (1 - level)
    let tail = LossSample.tailWeights(weight)
    var sum = 0.0
    for (index, share) in tail.enumerated() { sum += share * sorted.values[n - 1 - index] }
    let shortfall = sum / weight
    let valueAtRisk = sorted.values[SortedSample.rank(level, of: n) - 1]
    let bare = Estimate.computed(
      value: shortfall, low: nil, high: nil, confidence: confidence, n: n, method: .tailVariance)
    guard bare.value != nil else { return bare }
    guard tail.count >= Self.fewestInTail else { return bare.asTooFewPaths() }
    let excess = shortfall - valueAtRisk
    // The excess over the value at risk is 0 outside of the tail.
    let mean = excess * (1 - level)
    var squares = 0.0
    var (second, third) = (mean * mean * (Double(n) - weight), -mean * mean * mean * (Double(n) - weight))
    for (index, share) in tail.enumerated() {
      let loss = sorted.values[n - 1 - index]
      squares += share * (loss - shortfall) * (loss - shortfall)
      let deviation = loss - valueAtRisk - mean
      second += share * deviation * deviation
      third += share * deviation * deviation * deviation
    }
    let error = ((squares / weight + level * excess * excess) / weight).squareRoot()
    guard error * weight > 1e-9 * abs(shortfall) else { return bare.asNotSeen() }
    let skewness = third / (second * second.squareRoot())
    // Squares and third powers of losses beyond 10¹⁰⁰ are no numbers.
    guard error.isFinite, skewness.isFinite else { return bare.asTooFewPaths() }
    let interval = HallInterval(
      around: shortfall, error: error, skewness: skewness,
      critical: CriticalValue.student(confidence, degrees: Double(tail.count - 1)))
    return .computed(
      value: shortfall, low: interval.low, high: interval.high, confidence: confidence, n: n, method: .tailVariance)
  }

  /// The fewest paths in a tail from which its mean has bounds: with five, the interval covers 0.84 where it promises 0.95.
  package static let fewestInTail = 50

  /// How much of the worst loss, the next one and so on lies in a tail of `weight` paths: ones, then the rest.
  private static func tailWeights(_ weight: Double) -> [Double] {
    // 1 − level carries the rounding of the level, so a weight a hair over a whole number is that number.
    let whole = (weight + 1e-9).rounded(.down)
    let rest = max(0, weight - whole)
    var weights = [Double](repeating: 1, count: Int(whole))
    if rest > 1e-9 || weights.isEmpty { weights.append(rest) }
    return weights
  }
}
