/// Beta of the low's returns to the high's over the last n bars: Cov(low, high) / Var(high) of simple returns. Look-back n.
///
/// 0 where the high's returns do not vary, see `MovingCovariance` (TA-Lib: where n² Var is under 10⁻¹⁴). TA-Lib's function
/// takes any two series; a column of bars takes high and low.
/// Source: TA-Lib's BETA.
struct Beta<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "BETA", "beta of the low to the high", [.high, .low], [.period(from: 1, default: 5, "returns in the window")]
    ) { $0.whole(0) }
  }

  private var high = Number.zero
  private var low = Number.zero
  private var covariance: MovingCovariance<Number>
  private var hasLast = false

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    covariance = MovingCovariance(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let x = select(high .== 0, .zero, (bar.high - high) / high)
    let y = select(low .== 0, .zero, (bar.low - low) / low)
    high = bar.high
    low = bar.low
    guard hasLast else {
      hasLast = true
      return nil
    }
    guard covariance.take(x, y) else { return nil }
    return Single(select(covariance.xx .> 0, covariance.xy / covariance.xx, .zero))
  }
}
