/// Median price of a bar: (high + low) / 2. No look-back.
/// Source: TA-Lib's MEDPRICE.
struct MedianPrice<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("MEDPRICE", "median price", [.high, .low]) { _ in 0 }
  }

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    Single((bar.high + bar.low) * 0.5)
  }
}
