/// Exponential moving average of closes, in price.
///
/// EMA ← EMA + k (close − EMA), k = 2 / (n + 1), from the mean of the first n closes. Look-back n − 1.
/// Variants start from the first close (Metastock); this is TA-Lib's default.
/// Source: TA-Lib's EMA.
struct ExponentialMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("EMA", "exponential moving average", [.close], [.period(default: 30, "bars in the window")]) {
      $0.whole(0) - 1
    }
  }

  private var average: SmoothedAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    average = .exponential(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let mean = average.next(bar.close) else { return nil }
    return Single(mean)
  }
}
