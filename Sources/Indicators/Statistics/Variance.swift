/// Population variance of the last n closes, in price²; see `MovingVariance`. Look-back n − 1.
///
/// The factor is TA-Lib's second parameter, which changes nothing, there as here.
/// Source: TA-Lib's VAR.
struct Variance<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "VAR", "variance", [.close],
      [.period(from: 1, default: 5), .deviations("deviations", default: 1, "without effect, as in TA-Lib")]
    ) { $0.whole(0) - 1 }
  }

  private var moments: MovingVariance<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    moments = MovingVariance(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard moments.take(bar.close) else { return nil }
    return Single(moments.variance)
  }
}
