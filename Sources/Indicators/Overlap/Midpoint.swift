/// Midpoint: half-way between the highest and the lowest of the last n closes, in price. Look-back n − 1.
/// Source: TA-Lib's MIDPOINT.
struct Midpoint<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("MIDPOINT", "middle of the closes", [.close], [.period(default: 14)]) { $0.whole(0) - 1 }
  }

  private var range: MovingRange<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    range = MovingRange(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard range.take(high: bar.close, low: bar.close) else { return nil }
    return Single((range.highest + range.lowest) * 0.5)
  }
}
