/// Balance of power, in −1…1: (close − open) / (high − low); 0 where the bar has no range. No look-back.
/// Source: Livshin (2001), Stocks & Commodities 19(8); TA-Lib's BOP.
struct BalanceOfPower<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("BOP", "balance of power", [.open, .high, .low, .close]) { _ in 0 }
  }

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let range = bar.high - bar.low
    return Single(select(range .> 0, (bar.close - bar.open) / range, .zero))
  }
}
