/// Triple exponential moving average, in price: 3 EMA − 3 EMA(EMA) + EMA(EMA(EMA)). Look-back 3 (n − 1).
/// Source: Mulloy (1994), Stocks & Commodities 12(2); TA-Lib's TEMA.
struct TripleExponentialMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("TEMA", "triple exponential moving average", [.close], [.period(default: 30, "bars in each average")])
    { 3 * ($0.whole(0) - 1) }
  }

  private var first: ExponentialAverage<Number>
  private var second: ExponentialAverage<Number>
  private var third: ExponentialAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    first = ExponentialAverage(parameters.whole(0))
    second = ExponentialAverage(parameters.whole(0))
    third = ExponentialAverage(parameters.whole(0))

  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    // Each average starts with the first figure of the one before it.
    guard let first = first.next(bar.close),
      let second = second.next(first),
      let third = third.next(second)
    else { return nil }

    return Single(first * 3 - second * 3 + third)
  }
}
