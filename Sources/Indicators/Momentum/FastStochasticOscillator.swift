/// Fast stochastic oscillator: where the close lies in the range of the last bars, in 0…100.
///
/// k is `StochasticPosition`; d = mean of k over fastD. Both begin with d. Look-back fastK + fastD − 2. TA-Lib's other
/// averages are left out.
/// Source: Lane (1984), Stocks & Commodities 2(3); TA-Lib's STOCHF.
struct FastStochasticOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "STOCHF", "fast stochastic oscillator", [.high, .low, .close],
      [
        .period("fastK", from: 1, default: 5, "bars in the range"),
        .period("fastD", from: 1, default: 3, "values in the mean d"),
      ], outputs: ["k", "d"]
    ) { $0.whole(0) + $0.whole(1) - 2 }
  }

  private var position: StochasticPosition<Number>
  private var fastD: SimpleAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    position = StochasticPosition(parameters.whole(0), &memory)
    fastD = SimpleAverage(parameters.whole(1), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    guard let k = position.next(bar.close, high: bar.high, low: bar.low), let d = fastD.next(k) else { return nil }
    return Pair(k, d)
  }
}
