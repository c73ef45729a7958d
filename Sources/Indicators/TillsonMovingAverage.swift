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

  private var first: ExponentialAverage<Number>
  private var second: ExponentialAverage<Number>
  private var third: ExponentialAverage<Number>
  private var fourth: ExponentialAverage<Number>
  private var fifth: ExponentialAverage<Number>
  private var sixth: ExponentialAverage<Number>
  private let c1, c2, c3, c4: Double
  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    first = ExponentialAverage(parameters.whole(0))
    second = ExponentialAverage(parameters.whole(0))
    third = ExponentialAverage(parameters.whole(0))
    fourth = ExponentialAverage(parameters.whole(0))
    fifth = ExponentialAverage(parameters.whole(0))
    sixth = ExponentialAverage(parameters.whole(0))
    let factor = parameters[1]
    let square = factor * factor
    c1 = -square * factor
    c2 = 3 * (square - c1)
    c3 = -6 * square - 3 * (factor - c1)
    c4 = 1 + 3 * factor - c1 + 3 * square
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    // Each average starts with the first figure of the one before it.
    guard let first = first.next(bar.close),
      let second = second.next(first),
      let third = third.next(second),
      let fourth = fourth.next(third),
      let fifth = fifth.next(fourth),
      let sixth = sixth.next(fifth)
    else { return nil }

    return Single(sixth * c1 + fifth * c2 + (fourth * c3 + third * c4))
  }
}
