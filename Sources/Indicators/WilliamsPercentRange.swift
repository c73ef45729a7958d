/// Williams' %R: how far the close is under the highest high of the last n bars, in −100…0.
///
/// WILLR = −100 (highest − close) / (highest − lowest); 0 where they are closer than 10⁻¹². Look-back n − 1.
/// Source: Williams (1973), How I Made One Million Dollars; TA-Lib's WILLR.
struct WilliamsPercentRange<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm("WILLR", "Williams' %R", [.high, .low, .close], [.period(default: 14)]) { $0.whole(0) - 1 }
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
    let range = highest - lowest
    return Single(select(range .< 1e-12, .zero, (highest - bar.close) * -100 / range))
  }
}
