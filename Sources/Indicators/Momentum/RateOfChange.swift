/// Rate of change of the close over n bars, in percent: 100 (close / closeₙ − 1); 0 where closeₙ is 0. Look-back n.
/// Source: TA-Lib's ROC.
struct RateOfChange<Number: IndicatorNumber>: ChangeIndicator {
  static var form: IndicatorForm {
    IndicatorForm("ROC", "rate of change, in percent", [.close], [.period(from: 1, default: 10, "bars of the change")])
    { $0.whole(0) }
  }

  private var delay: Delay<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    delay = Delay<Number>(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let before = delay.next(bar.close) else { return nil }
    return Single(Self.figure(bar.close, after: before))
  }

  @inline(__always)
  static func figure(_ close: Number, after before: Number) -> Number {
    select(before .== 0, .zero, (close / before - 1) * 100)
  }
}
