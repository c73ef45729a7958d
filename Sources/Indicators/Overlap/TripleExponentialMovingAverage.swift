/// Triple exponential moving average, in price: 3 EMA − 3 EMA(EMA) + EMA(EMA(EMA)). Look-back 3 (n − 1).
/// Source: Mulloy (1994), Stocks & Commodities 12(2); TA-Lib's TEMA.
struct TripleExponentialMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("TEMA", "triple exponential moving average", [.close], [.period(default: 30, "bars in each average")])
    { 3 * ($0.whole(0) - 1) }
  }

  private var averages: ExponentialTriple<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    averages = ExponentialTriple(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard averages.take(bar.close) else { return nil }
    return Single((averages.first - averages.second) * 3 + averages.third)
  }
}
