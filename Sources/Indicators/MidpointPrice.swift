/// Midpoint price: half-way between the highest high and the lowest low of the last n bars, in price. Look-back n − 1.
/// Source: TA-Lib's MIDPRICE.
struct MidpointPrice<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm("MIDPRICE", "middle of the range", [.high, .low], [.period(default: 14)]) { $0.whole(0) - 1 }
  }

  private var highest: MovingExtreme<Number, Highest>
  private var lowest: MovingExtreme<Number, Lowest>

  init(_ parameters: IndicatorParameters) {
    highest = MovingExtreme(parameters.whole(0))
    lowest = MovingExtreme(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    let (highest, lowest) = (highest.next(bar.high), lowest.next(bar.low))
    guard let highest, let lowest else { return nil }
    return Single((highest + lowest) * 0.5)
  }
}
