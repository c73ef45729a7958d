/// Pearson's correlation of high and low over the last n bars, in −1…1; 0 where either does not move. Look-back n − 1.
///
/// See `MovingCovariance`; TA-Lib gives 0 where the product of both sums of squares is under 10⁻¹⁴. Its function takes any two series; a column of bars takes high and low.
/// Source: TA-Lib's CORREL.
struct Correlation<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("CORREL", "correlation of high and low", [.high, .low], [.period(from: 1, default: 30)]) {
      $0.whole(0) - 1
    }
  }

  private var covariance: MovingCovariance<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    covariance = MovingCovariance(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard covariance.take(bar.high, bar.low) else { return nil }
    let product = covariance.xx * covariance.yy
    return Single(select(product .> 0, covariance.xy / sqrt(product), .zero))
  }
}
