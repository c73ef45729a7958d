/// Average price of a bar: (open + high + low + close) / 4. No look-back.
/// Source: TA-Lib's AVGPRICE.
struct AveragePrice<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("AVGPRICE", "average price", [.open, .high, .low, .close]) { _ in 0 }
  }

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    Single((bar.high + bar.low + (bar.close + bar.open)) * 0.25)
  }
}
