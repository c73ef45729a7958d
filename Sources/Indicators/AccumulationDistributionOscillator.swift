/// Accumulation/distribution oscillator: fast less slow exponential average of the accumulation/distribution line.
///
/// Both averages start at the line's first figure. Look-back: the longer period less 1.
/// Source: Chaikin; TA-Lib's ADOSC.
struct AccumulationDistributionOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "ADOSC", "accumulation/distribution oscillator", [.high, .low, .close, .volume],
      [
        .period("fast", default: 3, "bars in the fast average"),
        .period("slow", default: 10, "bars in the slow average"),
      ]
    ) { Swift.max($0.whole(0), $0.whole(1)) - 1 }
  }

  private var line = Number.zero
  private var fast: SmoothedAverage<Number>
  private var slow: SmoothedAverage<Number>
  private var waiting: Int

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    fast = SmoothedAverage(share: 2 / (parameters[0] + 1), from: 1)
    slow = SmoothedAverage(share: 2 / (parameters[1] + 1), from: 1)
    waiting = Swift.max(parameters.whole(0), parameters.whole(1)) - 1
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    line += bar.moneyFlow
    let (fast, slow) = (fast.next(line), slow.next(line))
    if waiting > 0 {
      waiting &-= 1
      return nil
    }
    guard let fast, let slow else { return nil }
    return Single(fast - slow)
  }
}
