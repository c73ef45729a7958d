/// Standard deviation of the last n closes, in price, times a factor; population, see `MovingVariance`. Look-back n − 1.
///
/// TA-Lib gives 0 where the variance is under 10⁻¹⁴, whatever the prices.
/// Source: TA-Lib's STDDEV.
struct StandardDeviation<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "STDDEV", "standard deviation", [.close],
      [.period(default: 5), .deviations("deviations", default: 1, "factor of the result")]
    ) { $0.whole(0) - 1 }
  }

  private var moments: MovingVariance<Number>
  private let factor: Double

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    moments = MovingVariance(parameters.whole(0), &memory)
    factor = parameters[1]
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard moments.take(bar.close) else { return nil }
    return Single(sqrt(moments.variance) * factor)
  }
}
