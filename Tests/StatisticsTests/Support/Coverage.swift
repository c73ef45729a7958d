import Statistics

/// How often an interval holds what it estimates, on a problem whose answer is known.
struct Coverage {
  /// The band of gate G10 for nominal 95 % intervals: 1,000 replications have a standard error of 0.0069, so an interval
  /// that covers exactly 0.95 falls outside once in 3,000 seeds.
  static let band = 0.925...0.975
  static let replications = 1000

  /// The share of replications whose interval holds the truth; a missing bound bounds nothing.
  static func of(_ truth: Double, seed: UInt64, _ estimate: (inout SplitMix64) -> Estimate) -> Double {
    var random = SplitMix64(seed: seed)
    var hits = 0
    for _ in 0..<replications {
      let interval = estimate(&random)
      if (interval.low ?? -.infinity) <= truth, truth <= (interval.high ?? .infinity) { hits += 1 }
    }
    return Double(hits) / Double(replications)
  }
}
