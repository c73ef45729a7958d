/// A figure with its uncertainty: what every number of a report or a summary is.
///
/// In JSON it is an object with the keys `value`, `low`, `high`, `confidence`, `n` and `method`, all of them always
/// there. `null` stands for what the sample cannot tell: a `value` that is not estimable (no impaired path, a median that
/// was not reached), a `low` or `high` for which the sample sets no bound (an extreme quantile of a small sample, a mean
/// of one). It never stands for zero. Where the sample says something else than an interval, `evidence` is there too:
/// `tooFewPaths`, or `notSeen` with `atMost`.
package struct Estimate: Sendable, Hashable {
  /// The confidence of an interval for which none was named.
  package static let defaultConfidence = 0.95

  /// The point estimate, in the unit of what was measured; `nil` if it is not estimable.
  package let value: Double?
  /// The lower end of the interval; `nil` if the sample sets none.
  package let low: Double?
  /// The upper end of the interval; `nil` if the sample sets none.
  package let high: Double?
  /// The nominal coverage of the interval, in (0, 1).
  package let confidence: Double
  /// The independent replicates that the figure rests on: paths, or those paths to which a condition applies.
  package let n: Int
  /// How the interval was made.
  package let method: Method
  /// What the sample can say beside these numbers.
  package let evidence: Evidence

  /// An estimate. Its numbers are finite, and `low ≤ value ≤ high` where they are there.
  package init(
    value: Double?, low: Double?, high: Double?, confidence: Double = Estimate.defaultConfidence, n: Int,
    method: Method, evidence: Evidence = .sampled
  ) {
    precondition(confidence > 0 && confidence < 1, "Invariant: a confidence lies between 0 and 1")
    precondition(n >= 0, "Invariant: a sample has no negative size")
    for number in [value, low, high] {
      precondition(number?.isFinite ?? true, "Invariant: an estimate is a number or not estimable")
    }
    let present = [low, value, high].compactMap { $0 }
    precondition(present == present.sorted(), "Invariant: an interval holds its estimate")
    self.value = value
    self.low = low
    self.high = high
    self.confidence = confidence
    self.n = n
    self.method = method
    self.evidence = evidence
  }

  /// The answer where the sample cannot tell: no value, no bounds.
  package static func unknown(n: Int, confidence: Double = Estimate.defaultConfidence, method: Method) -> Estimate {
    Estimate(value: nil, low: nil, high: nil, confidence: confidence, n: n, method: method)
  }

  /// An estimate of numbers that were computed from extreme ones: unknown where its value is no number, without bounds where
  /// one of them is none or lies on the wrong side.
  static func computed(
    value: Double, low: Double?, high: Double?, confidence: Double, n: Int, method: Method
  ) -> Estimate {
    guard value.isFinite else { return .unknown(n: n, confidence: confidence, method: method) }
    guard low.map({ $0.isFinite && $0 <= value }) ?? true, high.map({ $0.isFinite && $0 >= value }) ?? true else {
      return Estimate(value: value, low: nil, high: nil, confidence: confidence, n: n, method: method).asTooFewPaths()
    }
    return Estimate(value: value, low: low, high: high, confidence: confidence, n: n, method: method)
  }

  /// The same figure in another unit: value and bounds times `factor`, which is above zero; unknown where the unit is too
  /// small for it.
  package func scaled(by factor: Double) -> Estimate {
    precondition(factor > 0, "Invariant: a change of unit keeps low under high")
    guard [value, low, high].allSatisfy({ $0.map { ($0 * factor).isFinite } ?? true }) else {
      return .unknown(n: n, confidence: confidence, method: method)
    }
    return Estimate(
      value: value.map { $0 * factor }, low: low.map { $0 * factor }, high: high.map { $0 * factor },
      confidence: confidence, n: n, method: method, evidence: evidence)
  }

  /// The figure with its sign turned: by how much it is lower instead of higher. The bounds change places.
  package var opposite: Estimate {
    Estimate(
      value: value.map { -$0 }, low: high.map { -$0 }, high: low.map { -$0 }, confidence: confidence, n: n,
      method: method, evidence: evidence)
  }

  /// The figure of the complement, 1 − value: a probability of ruin from one of survival. The bounds change places.
  package var complement: Estimate {
    Estimate(
      value: value.map { 1 - $0 }, low: high.map { 1 - $0 }, high: low.map { 1 - $0 },
      confidence: confidence, n: n, method: method, evidence: evidence)
  }
}
