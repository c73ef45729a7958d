/// Linearly weighted moving average of closes, in price: weights n, n − 1, … 1, the newest heaviest. Look-back n − 1.
/// Source: TA-Lib's WMA.
struct WeightedMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("WMA", "weighted moving average", [.close], [.period(default: 30, "bars in the window")]) {
      $0.whole(0) - 1
    }
  }

  private var average: WeightedAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    average = WeightedAverage<Number>(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let mean = average.next(bar.close) else { return nil }
    return Single(mean)
  }
}
