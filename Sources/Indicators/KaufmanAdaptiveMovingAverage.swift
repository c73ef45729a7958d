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

  private var delay: Delay<Number>
  private var path: RunningSum<Number>
  private var last = Number.zero
  private var average = Number.zero
  private var hasLast = false

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    delay = Delay(parameters.whole(0), &memory)
    path = RunningSum(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    let change = abs(bar.close - last)
    last = bar.close
    let old = delay.next(bar.close)
    guard hasLast else {
      hasLast = true
      return nil
    }
    guard let path = path.next(change), let old else {
      average = bar.close
      return nil
    }
    // A shorter path is the rounding of changes that have left the window.
    let way = abs(bar.close - old)
    let efficiency = select((path .<= way) | (path .<= bar.close * 1e-12), Number(1), way / path)
    let smoothing = efficiency * Self.span + Self.slowest
    average = (bar.close - average) * (smoothing * smoothing) + average
    return Single(average)
  }
}
