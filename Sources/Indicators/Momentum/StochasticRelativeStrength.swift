/// Stochastic RSI: where the relative strength index lies in its own range of the last bars, in 0…100.
///
/// RSI over n changes, then k by `StochasticPosition` of RSI and d = mean of k over fastD. Look-back n + fastK + fastD − 2.
/// TA-Lib's other averages are left out.
/// Source: Chande & Kroll (1994), The New Technical Trader; TA-Lib's STOCHRSI.
struct StochasticRelativeStrength<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "STOCHRSI", "stochastic relative strength index", [.close],
      [
        .period(default: 14, "changes in the averages of RSI"),
        .period("fastK", from: 1, default: 5, "values in the range"),
        .period("fastD", from: 1, default: 3, "values in the mean d"),
      ], outputs: ["k", "d"]
    ) { $0.whole(0) + $0.whole(1) + $0.whole(2) - 2 }
  }

  private var gains: WilderGains<Number>
  private var position: StochasticPosition<Number>
  private var fastD: SimpleAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    gains = WilderGains(parameters.whole(0))
    // An index in 0…100 that stays where it is moves by its rounding.
    position = StochasticPosition(parameters.whole(1), nothing: 1e-12, &memory)
    fastD = SimpleAverage(parameters.whole(2), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    guard let (gain, loss) = gains.next(bar.close) else { return nil }
    let strength = ratio(gain, gain + loss) * 100
    guard let k = position.next(strength, high: strength, low: strength), let d = fastD.next(k) else { return nil }
    return Pair(k, d)
  }
}
