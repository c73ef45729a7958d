import Glibc
import Randomness

/// The interval of a share of trials, whose numbers need not be whole: an effective number of events among an effective
/// number of trials is treated like a count.
struct ShareInterval: Sendable, Hashable {
  /// The lower end, in 0…1.
  let low: Double
  /// The upper end, in 0…1.
  let high: Double

  /// From how many events on, and from how many of the others, Wilson's interval is used.
  static let fewestForWilson = 10.0

  /// Whether so few events, or so few others, were counted that only the exact interval holds what it says.
  static func isFew(_ events: Double, of trials: Double) -> Bool { min(events, trials - events) < fewestForWilson }

  /// The interval that belongs to the counts: that of Clopper and Pearson where they are few, Wilson's elsewhere.
  init(_ events: Double, of trials: Double, confidence: Double) {
    self =
      Self.isFew(events, of: trials)
      ? .clopperPearson(events, of: trials, confidence: confidence)
      : .wilson(events, of: trials, confidence: confidence)
  }

  private init(low: Double, high: Double, around share: Double) {
    self.low = max(0, min(low, share))
    self.high = min(1, max(high, share))
  }

  /// (p̂ + z²/2n ± z√(p̂q̂/n + z²/4n²)) / (1 + z²/n).
  static func wilson(_ events: Double, of n: Double, confidence: Double) -> ShareInterval {
    let share = events / n
    let z = CriticalValue.normal(confidence)
    let centre = share + z * z / (2 * n)
    let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    // At the edges the formula gives 0 and 1 but for rounding.
    return ShareInterval(
      low: events == 0 ? 0 : (centre - spread) / scale, high: events == n ? 1 : (centre + spread) / scale, around: share
    )
  }

  /// Low is the α/2 quantile of Beta(x, n − x + 1), high the 1 − α/2 quantile of Beta(x + 1, n − x); at the edges they
  /// have closed forms.
  static func clopperPearson(_ events: Double, of n: Double, confidence: Double) -> ShareInterval {
    let rest = n - events
    let tail = (1 - confidence) / 2
    // The upper bound comes from the law of the failures, so that both bounds are lower tails.
    let low = events <= 0 ? 0 : rest <= 0 ? exp(log(tail) / n) : BetaLaw(a: events, b: rest + 1).quantile(tail)
    let high =
      rest <= 0 ? 1 : events <= 0 ? -expm1(log(tail) / n) : 1 - BetaLaw(a: rest, b: events + 1).quantile(tail)
    return ShareInterval(low: low, high: high, around: events / n)
  }
}
