/// Time series forecast: the least-squares line through the last n closes, one bar beyond the newest, in price.
///
/// See `MovingRegression`. Look-back n − 1.
/// Source: TA-Lib's TSF.
struct TimeSeriesForecast<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("TSF", "least-squares line, one bar ahead", [.close], [.period(default: 14, "bars in the window")]) {
      $0.whole(0) - 1
    }
  }

  private var line: MovingRegression<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    line = MovingRegression<Number>(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard line.take(bar.close) else { return nil }
    return Single(line.newest + line.slope)
  }
}
