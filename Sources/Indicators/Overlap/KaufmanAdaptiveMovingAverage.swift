/// Kaufman's adaptive moving average, in price: fast where the close goes one way, slow where it goes to and fro.
///
/// KAMA ← KAMA + s² (close − KAMA), s = e (2/3 − 2/31) + 2/31, with the efficiency e = |close − closeₙ| / Σ|changes| over n
/// bars, 1 where nothing changed. From the close of bar n − 1. Look-back n.
/// Source: Kaufman (1995), Smarter Trading; TA-Lib's KAMA.
struct KaufmanAdaptiveMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "KAMA", "Kaufman's adaptive moving average", [.close], [.period(default: 30, "changes in the efficiency")]
    ) { $0.whole(0) }
  }

  // The shares of exponential averages over 30 and over 2 bars.
  private static var slowest: Double { 2.0 / 31 }
  private static var span: Double { 2.0 / 3 - 2.0 / 31 }

  private var average = Number.zero
  private var last = Number.zero
  private var path = Number.zero
  /// The path since the last fresh start, as in `RunningSum`.
  private var fresh = Number.zero
  /// The last n closes, the oldest at `place`.
  private let closes: Ring<Number>
  private let period: Int
  private var place = 0
  private var seen = 0

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    period = parameters.whole(0)
    closes = memory.ring(period)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let old = closes[place]
    let change = abs(bar.close - last)
    closes[place] = bar.close
    last = bar.close
    place = place &+ 1 == period ? 0 : place &+ 1
    if seen < period {
      // The first close has no change; that of bar n − 1 is where the average starts.
      if seen > 0 { path += change }
      seen &+= 1
      average = bar.close
      fresh = place == 0 ? .zero : path
      return nil
    }
    path += change
    fresh += change
    // A shorter path is the rounding of changes that have left the window.
    let way = abs(bar.close - old)
    let efficiency = select((path .<= way) | (path .<= bar.close * 1e-12), Number(1), way / path)
    let smoothing = efficiency * Self.span + Self.slowest
    let share = smoothing * smoothing
    average = average * (1 - share) + bar.close * share
    // The oldest change goes before the next step; after n steps the fresh path takes over.
    if place == 0 {
      path = fresh
      fresh = .zero
    }
    path -= abs(closes[place] - old)
    return Single(average)
  }
}
