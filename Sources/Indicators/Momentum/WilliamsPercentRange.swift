/// Williams' %R: how far the close is under the highest high of the last n bars, in −100…0.
///
/// WILLR = −100 (highest − close) / (highest − lowest); 0 where they are equal. Look-back n − 1.
/// Source: Williams (1973), How I Made One Million Dollars; TA-Lib's WILLR.
struct WilliamsPercentRange<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("WILLR", "Williams' %R", [.high, .low, .close], [.period(default: 14)]) { $0.whole(0) - 1 }
  }

  private var range: MovingRange<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    range = MovingRange(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard range.take(high: bar.high, low: bar.low) else { return nil }
    let size = range.highest - range.lowest
    return Single(select(size .> 0, (range.highest - bar.close) * -100 / size, .zero))
  }
}
