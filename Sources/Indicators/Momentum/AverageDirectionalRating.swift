/// Average directional movement rating: the mean of ADX now and n − 1 bars ago, in 0…100. Look-back 3n − 2.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's ADXR.
struct AverageDirectionalRating<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "ADXR", "average directional movement rating", [.high, .low, .close],
      [.period(default: 14, "bars in the sums and the average")]
    ) { 3 * $0.whole(0) - 2 }
  }

  private var average: DirectionalAverage<Number>
  private var delay: Delay<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    average = DirectionalAverage(parameters.whole(0))
    delay = Delay(parameters.whole(0) - 1, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let average = average.next(bar), let before = delay.next(average) else { return nil }
    return Single((average + before) * 0.5)
  }
}
