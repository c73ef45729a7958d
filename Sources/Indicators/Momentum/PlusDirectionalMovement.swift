/// Plus directional movement: Wilder's sum of how far highs rose, over n bars, in price. Look-back n − 1, at least 1.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's PLUS_DM.
struct PlusDirectionalMovement<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "PLUS_DM", "directional movement up", [.high, .low], [.period(from: 1, default: 14, "bars in the sum")]
    ) { Swift.max(1, $0.whole(0) - 1) }
  }

  private var high = Number.zero
  private var low = Number.zero
  private var sum = Number.zero
  private var seen = 0
  private let period: Int
  private let kept: Double

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    period = parameters.whole(0)
    kept = 1 - 1 / Double(period)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let moved = bar.movement(afterHigh: high, low: low).plus
    high = bar.high
    low = bar.low
    if seen < period {
      // The sum starts with n − 1 movements; the first bar has none.
      if seen > 0 { sum += moved }
      seen &+= 1
      return seen > 1 && seen == period ? Single(sum) : nil
    }
    sum = sum * kept + moved
    return Single(sum)
  }
}
