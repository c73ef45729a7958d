/// The angle of the least-squares line through the last n closes: the arc tangent of its slope, in degrees.
///
/// See `MovingRegression`. Look-back n − 1.
/// Source: TA-Lib's LINEARREG_ANGLE.
struct LinearRegressionAngle<Number: IndicatorNumber>: MappedIndicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "LINEARREG_ANGLE", "angle of the least-squares line", [.close], [.period(default: 14, "bars in the window")]
    ) { $0.whole(0) - 1 }
  }

  private var slope: LinearRegressionSlope<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    slope = LinearRegressionSlope(parameters, &memory)
  }

  typealias Source = LinearRegressionSlope<Number>

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let slope = slope.step(bar)
    guard slope.areKnown else { return nil }
    return Single(figure(of: slope.value, bar))
  }

  @inline(__always)
  func figure(of slope: Number, _ bar: IndicatorBar<Number>) -> Number {
    ArcTangent(slope, over: Number(1)).angle * (180 / Double.pi)
  }
}
