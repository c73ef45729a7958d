/// Stochastic oscillator: where the close lies in the range of the last bars, smoothed; in 0…100.
///
/// k = mean of `StochasticPosition` over slowK; d = mean of k over slowD. Both begin with d. Look-back
/// fastK + slowK + slowD − 3. TA-Lib's other averages are left out.
/// Source: Lane (1984), Stocks & Commodities 2(3); TA-Lib's STOCH.
struct StochasticOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "STOCH", "stochastic oscillator", [.high, .low, .close],
      [
        .period("fastK", from: 1, default: 5, "bars in the range"),
        .period("slowK", from: 1, default: 3, "values in the mean k"),
        .period("slowD", from: 1, default: 3, "values in the mean d"),
      ], outputs: ["k", "d"]
    ) { $0.whole(0) + $0.whole(1) + $0.whole(2) - 3 }
  }

  private var position: StochasticPosition<Number>
  private var slowK: SimpleAverage<Number>
  private var slowD: SimpleAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    position = StochasticPosition(parameters.whole(0), &memory)
    slowK = SimpleAverage(parameters.whole(1), &memory)
    slowD = SimpleAverage(parameters.whole(2), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    guard let position = position.next(bar.close, high: bar.high, low: bar.low), let k = slowK.next(position),
      let d = slowD.next(k)
    else { return nil }
    return Pair(k, d)
  }
}
