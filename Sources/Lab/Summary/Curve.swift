import Statistics

/// A curve in time with a pointwise interval: right-continuous steps, value k holds from `seconds[k]` on.
package struct Curve: MeasureValue {
  /// Trading time, in seconds, ascending; its zero is said where the curve is declared.
  package let seconds: [Double]
  /// The probability at each time, in 0…1.
  package let value: [Double]
  /// Lower end of the interval at each time; 0 where the sample sets none.
  package let low: [Double]
  /// Upper end of the interval at each time; 1 where the sample sets none.
  package let high: [Double]
  /// Paths that it rests on.
  package let n: Int
  /// How the intervals were made: `proportion` where each is that of a share; else how the last one was. Nil for a curve
  /// without points.
  package let method: Estimate.Method?
  /// Nominal coverage of the interval at each single time, in (0, 1); not of the curve as a whole.
  package let confidence: Double
  /// Paths that were still being watched just before each time; nil where that was not counted.
  package let atRisk: [Int]?

  /// The arrays are of one length: an entry is a time.
  package init(
    seconds: [Double], value: [Double], low: [Double], high: [Double], n: Int, method: Estimate.Method?,
    confidence: Double, atRisk: [Int]? = nil
  ) {
    self.seconds = seconds
    self.value = value
    self.low = low
    self.high = high
    self.n = n
    self.method = method
    self.confidence = confidence
    self.atRisk = atRisk
  }

  /// Ends that are the value itself.
  package var withoutIntervals: Curve {
    Curve(
      seconds: seconds, value: value, low: value, high: value, n: n, method: method, confidence: confidence,
      atRisk: atRisk)
  }

  /// A chart shows it.
  package var lines: [(word: String, estimate: Estimate)] { [] }
}

extension Curve {
  /// A curve at 121 times from 0 to the last.
  ///
  /// - Parameters:
  ///   - n: paths that it rests on; without any there are no points.
  ///   - watched: how many paths were watched just before a time.
  init(to last: Double, n: Int, confidence: Double, watched: (Double) -> Int, _ estimate: (Double) -> Estimate) {
    // The last time itself, which the quotient may round to a hair beyond.
    let seconds = n > 0 ? (0..<120).map { last * Double($0) / 120 } + [last] : []
    let estimates = seconds.map(estimate)
    self.init(
      seconds: seconds, value: estimates.map { $0.value ?? 0 }, low: estimates.map { $0.low ?? 0 },
      high: estimates.map { $0.high ?? 1 }, n: n,
      method: Self.method(of: estimates), confidence: confidence,
      atRisk: seconds.map(watched))
  }

  /// One word for the intervals of all points.
  private static func method(of estimates: [Estimate]) -> Estimate.Method? {
    let ofShares: Set<Estimate.Method> = [.wilson, .clopperPearson]
    let areShares = estimates.allSatisfy { ofShares.contains($0.method) }
    return areShares && !estimates.isEmpty ? .proportion : estimates.last?.method
  }

  /// The probability that an impairment has ended in one way, in time.
  init(_ outcomes: DeskOutcomes, end: ImpairmentEnd, confidence: Double) {
    let incidence = outcomes.incidence
    guard !outcomes.hasFewImpaired else {
      self.init(
        seconds: [], value: [], low: [], high: [], n: incidence.n, method: nil, confidence: confidence, atRisk: [])
      return
    }
    self.init(
      to: outcomes.recoveryEnd, n: incidence.n, confidence: confidence,
      watched: incidence.eventFree.watched
    ) { incidence.estimate(of: end, at: $0, confidence: confidence) }
  }
}

extension Curve {
  private enum CodingKeys: String, CodingKey {
    case seconds, value, low, high, n, method, confidence, atRisk
  }

  /// Files say `none` where no interval was made.
  private static let noMethod = "none"

  /// Reads an object of `summary.json`; its method `none` is nil here.
  ///
  /// - Throws: `DecodingError` where anything but `atRisk` is missing, or is of another type.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let isNone = try? container.decode(String.self, forKey: .method) == Self.noMethod
    self.init(
      seconds: try container.decode([Double].self, forKey: .seconds),
      value: try container.decode([Double].self, forKey: .value),
      low: try container.decode([Double].self, forKey: .low),
      high: try container.decode([Double].self, forKey: .high), n: try container.decode(Int.self, forKey: .n),
      method: isNone == true ? nil : try container.decode(Estimate.Method.self, forKey: .method),
      confidence: try container.decode(Double.self, forKey: .confidence),
      atRisk: try container.decodeIfPresent([Int].self, forKey: .atRisk))
  }

  /// Writes an object of `summary.json`: a method of nil as `none`, and `atRisk` only where it was counted.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(value, forKey: .value)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
    try container.encode(n, forKey: .n)
    try container.encode(method?.rawValue ?? Self.noMethod, forKey: .method)
    try container.encode(confidence, forKey: .confidence)
    try container.encodeIfPresent(atRisk, forKey: .atRisk)
  }
}
