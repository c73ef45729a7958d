/// Minus directional movement: Wilder's sum of how far lows fell, over n bars, in price. Look-back n − 1, at least 1.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's MINUS_DM.
struct MinusDirectionalMovement<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm(
      "MINUS_DM", "directional movement down", [.high, .low], [.period(from: 1, default: 14, "bars in the sum")]
    ) { Swift.max(1, $0.whole(0) - 1) }
  }

  private var movement = DirectionalMovement<Number>()
  private var sum: WilderSum<Number>

  init(_ parameters: IndicatorParameters) { sum = WilderSum(parameters.whole(0)) }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    guard let movement = movement.next(bar), let sum = sum.nextOrStart(movement.minus) else { return nil }
    return Single(sum)
  }
}
