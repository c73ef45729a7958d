/// MESA adaptive moving average, in price: quick where the cycle's phase turns fast; see `AdaptivePhaseAverages`. Look-back 32.
/// Source: Ehlers (2001), Stocks & Commodities 19(10); TA-Lib's MAMA, first output.
struct AdaptiveMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "MAMA", "MESA adaptive moving average", [.close],
      [
        IndicatorParameter("fast", .number(0.01...0.99), default: 0.5, "largest share of the newest close"),
        IndicatorParameter("slow", .number(0.01...0.99), default: 0.05, "least share of the newest close"),
      ]
    ) { _ in 32 }
  }

  private var averages: AdaptivePhaseAverages<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    averages = AdaptivePhaseAverages(fast: parameters[0], slow: parameters[1], &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let averages = averages.next(bar.close) else { return nil }
    return Single(averages.mama)
  }
}
