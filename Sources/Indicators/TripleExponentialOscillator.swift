/// TRIX: the change of EMA(EMA(EMA)) of the close over one bar, in percent. Look-back 3 (n − 1) + 1.
/// Source: Hutson (1983), Stocks & Commodities 1(5); TA-Lib's TRIX.
struct TripleExponentialOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "TRIX", "change of a triple-smoothed average, in percent", [.close],
      [.period(from: 1, default: 30, "bars in each average")]
    ) { 3 * ($0.whole(0) - 1) + 1 }
  }

  private var first: ExponentialAverage<Number>
  private var second: ExponentialAverage<Number>
  private var third: ExponentialAverage<Number>
  private var last = Number.zero
  private var hasLast = false
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
    let before = last
    last = third
    guard hasLast else {
      hasLast = true
      return nil
    }
    return Single(select(before .== 0, .zero, (third / before - 1) * 100))
  }
}
