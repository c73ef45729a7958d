/// Triangular moving average, in price: a mean with weights that rise to the middle and fall again. Look-back n − 1.
///
/// The mean over n/2 + 1 of the mean over n/2 for an even n, over (n + 1)/2 of that over (n + 1)/2 for an odd one.
/// Source: TA-Lib's TRIMA.
struct TriangularMovingAverage<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("TRIMA", "triangular moving average", [.close], [.period(default: 30)]) { $0.whole(0) - 1 }
  }

  private var inner: SimpleAverage<Number>
  private var outer: SimpleAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    let period = parameters.whole(0)
    inner = SimpleAverage((period + 1) / 2, &memory)
    outer = SimpleAverage(period / 2 + 1, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let inner = inner.next(bar.close), let outer = outer.next(inner) else { return nil }
    return Single(outer)
  }
}
