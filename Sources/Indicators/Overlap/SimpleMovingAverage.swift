/// Simple moving average: the mean of the last n closes, in price.
///
/// SMA = (close₀ + … + closeₙ₋₁) / n. Look-back n − 1.
/// Source: TA-Lib's SMA.
struct SimpleMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("SMA", "simple moving average", [.close], [.period(default: 30, "bars in the window")]) {
      $0.whole(0) - 1
    }
  }

  private var average: SimpleAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    average = SimpleAverage<Number>(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let mean = average.next(bar.close) else { return nil }
    return Single(mean)
  }
}
