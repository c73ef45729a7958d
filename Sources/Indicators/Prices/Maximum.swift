/// The highest of the last n closes, in price. Look-back n − 1.
/// Source: TA-Lib's MAX.
struct Maximum<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("MAX", "highest close", [.close], [.period(default: 30, "bars in the window")]) { $0.whole(0) - 1 }
  }

  private var extreme: MovingExtreme<Number, Highest>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    extreme = MovingExtreme<Number, Highest>(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let figure = extreme.next(bar.close) else { return nil }
    return Single(figure)
  }
}
