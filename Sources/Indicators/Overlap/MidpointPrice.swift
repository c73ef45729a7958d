/// Midpoint price: half-way between the highest high and the lowest low of the last n bars, in price. Look-back n − 1.
/// Source: TA-Lib's MIDPRICE.
struct MidpointPrice<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("MIDPRICE", "middle of the range", [.high, .low], [.period(default: 14)]) { $0.whole(0) - 1 }
  }

  private var range: MovingRange<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    range = MovingRange(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard range.take(high: bar.high, low: bar.low) else { return nil }
    return Single((range.highest + range.lowest) * 0.5)
  }
}
