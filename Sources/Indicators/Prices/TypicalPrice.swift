/// Typical price of a bar: (high + low + close) / 3. No look-back.
/// Source: TA-Lib's TYPPRICE.
struct TypicalPrice<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("TYPPRICE", "typical price", [.high, .low, .close]) { _ in 0 }
  }

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    Single(bar.typicalPrice)
  }
}
