/// T3 moving average, in price: the generalized DEMA with volume factor v, three times over. Look-back 6 (n − 1).
///
/// T3 = c₁ e₆ + c₂ e₅ + c₃ e₄ + c₄ e₃ of six averages of averages, c₁ = −v³, c₂ = 3v² + 3v³, c₃ = −6v² − 3v − 3v³,
/// c₄ = 1 + 3v + v³ + 3v².
/// Source: Tillson (1998), Stocks & Commodities 16(1); TA-Lib's T3.
struct TillsonMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "T3", "Tillson's T3 moving average", [.close],
      [
        .period(default: 5, "bars in each average"),
        IndicatorParameter("factor", .number(0...1), default: 0.7, "volume factor: 0 is an EMA of EMAs, 1 a DEMA"),
      ]
    ) { 6 * ($0.whole(0) - 1) }
  }

  private var lower: ExponentialTriple<Number>
  private var upper: ExponentialTriple<Number>
  private let c1, c2, c3, c4: Double

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    lower = ExponentialTriple(parameters.whole(0))
    upper = ExponentialTriple(parameters.whole(0))
    let factor = parameters[1]
    let square = factor * factor
    c1 = -square * factor
    c2 = 3 * (square - c1)
    c3 = -6 * square - 3 * (factor - c1)
    c4 = 1 + 3 * factor - c1 + 3 * square
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard lower.take(bar.close), upper.take(lower.third) else { return nil }
    return Single((upper.third * c1 + upper.second * c2) + (upper.first * c3 + lower.third * c4))
  }
}
