/// Average directional movement index: Wilder's average of DX over n bars, in 0…100. Look-back 2n − 1.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's ADX.
struct AverageDirectionalIndex<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "ADX", "average directional movement index", [.high, .low, .close],
      [.period(default: 14, "bars in the sums and the average")]
    ) { 2 * $0.whole(0) - 1 }
  }

  private var average: DirectionalAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    average = DirectionalAverage(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let average = average.next(bar) else { return nil }
    return Single(average)
  }
}
