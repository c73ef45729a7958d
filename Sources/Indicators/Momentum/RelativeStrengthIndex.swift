/// Relative strength index: the share of gains in all changes of the close, in 0…100.
///
/// RSI = 100 · gain / (gain + loss), with Wilder's averages of gains and losses over n changes; 0 where the close has
/// not changed. Look-back n.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's RSI.
struct RelativeStrengthIndex<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("RSI", "relative strength index", [.close], [.period(default: 14, "changes in the averages")]) {
      $0.whole(0)
    }
  }

  private var gains: WilderGains<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    gains = WilderGains<Number>(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let found = gains.next(bar.close) else { return nil }
    return Single(ratio(found.gain, found.gain + found.loss) * 100)
  }
}
