/// Double exponential moving average, in price: 2 EMA − EMA of EMA, which lags less than one. Look-back 2 (n − 1).
/// Source: Mulloy (1994), Stocks & Commodities 12(1); TA-Lib's DEMA.
struct DoubleExponentialMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("DEMA", "double exponential moving average", [.close], [.period(default: 30, "bars in each average")])
    { 2 * ($0.whole(0) - 1) }
  }

  private var first: ExponentialAverage<Number>
  private var second: ExponentialAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    first = ExponentialAverage(parameters.whole(0))
    second = ExponentialAverage(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    // Each average starts with the first figure of the one before it.
    guard let first = first.next(bar.close), let second = second.next(first) else { return nil }
    return Single(first * 2 - second)
  }
}
