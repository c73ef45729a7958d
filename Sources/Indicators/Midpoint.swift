/// Midpoint: half-way between the highest and the lowest of the last n closes, in price. Look-back n − 1.
/// Source: TA-Lib's MIDPOINT.
struct Midpoint<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm("MIDPOINT", "middle of the closes", [.close], [.period(default: 14)]) { $0.whole(0) - 1 }
  }

  private var highest: MovingExtreme<Number, Highest>
  private var lowest: MovingExtreme<Number, Lowest>

  init(_ parameters: IndicatorParameters) {
    highest = MovingExtreme(parameters.whole(0))
    lowest = MovingExtreme(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    let (highest, lowest) = (highest.next(bar.close), lowest.next(bar.close))
    guard let highest, let lowest else { return nil }
    return Single((highest + lowest) * 0.5)
  }
}
