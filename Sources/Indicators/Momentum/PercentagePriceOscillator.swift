/// Percentage price oscillator: fast average less slow average, in percent of the slow one; 0 where that is 0.
///
/// Averages are simple, or exponential with `ema`, each from its own first closes (not as in MACD). Periods in the wrong
/// order are swapped. Look-back slow − 1. TA-Lib's other averages are left out.
/// Source: TA-Lib's PPO.
struct PercentagePriceOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "PPO", "percentage price oscillator", [.close],
      [
        .period("fast", default: 12, "bars in the fast average"),
        .period("slow", default: 26, "bars in the slow average"),
        .average,
      ]
    ) { Swift.max($0.whole(0), $0.whole(1)) - 1 }
  }

  private var fast: ChosenAverage<Number>
  private var slow: ChosenAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    let periods = [parameters.whole(0), parameters.whole(1)].sorted()
    fast = ChosenAverage(parameters[2], periods[0], &memory)
    slow = ChosenAverage(parameters[2], periods[1], &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let (fast, slow) = (fast.next(bar.close), slow.next(bar.close))
    guard let fast, let slow else { return nil }
    return Single(ratio((fast - slow) * 100, slow))
  }
}
