/// TRIX: the change of EMA(EMA(EMA)) of the close over one bar, in percent. Look-back 3 (n − 1) + 1.
/// Source: Hutson (1983), Stocks & Commodities 1(5); TA-Lib's TRIX.
struct TripleExponentialOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "TRIX", "change of a triple-smoothed average, in percent", [.close],
      [.period(from: 1, default: 30, "bars in each average")]
    ) { 3 * ($0.whole(0) - 1) + 1 }
  }

  private var averages: ExponentialTriple<Number>
  private var hasLast = false

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    averages = ExponentialTriple(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let before = averages.third
    guard averages.take(bar.close) else { return nil }
    guard hasLast else {
      hasLast = true
      return nil
    }
    return Single(select(before .== 0, .zero, (averages.third / before - 1) * 100))
  }
}
