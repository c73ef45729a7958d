/// Plus directional movement: Wilder's sum of how far highs rose, over n bars, in price. Look-back n − 1, at least 1.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's PLUS_DM.
struct PlusDirectionalMovement<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm(
      "PLUS_DM", "directional movement up", [.high, .low], [.period(from: 1, default: 14, "bars in the sum")]
    ) { Swift.max(1, $0.whole(0) - 1) }
  }

  private var movement = DirectionalMovement<Number>()
  private var sum: WilderSum<Number>

  init(_ parameters: IndicatorParameters) { sum = WilderSum(parameters.whole(0)) }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    guard let movement = movement.next(bar), let sum = sum.nextOrStart(movement.plus) else { return nil }
    return Single(sum)
  }
}
