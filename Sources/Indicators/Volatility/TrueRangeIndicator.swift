/// True range: how far a bar reaches from the last close, in price.
///
/// TRANGE = max(high − low, |high − last close|, |low − last close|). Look-back 1.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's TRANGE.
struct TrueRangeIndicator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("TRANGE", "true range", [.high, .low, .close]) { _ in 1 }
  }

  private var last = Number.zero
  private var hasLast = false

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let range = bar.trueRange(after: last)
    last = bar.close
    if hasLast { return Single(range) }
    hasLast = true
    return nil
  }
}
