/// Weighted close of a bar: (high + low + 2 close) / 4. No look-back.
/// Source: TA-Lib's WCLPRICE.
struct WeightedClosePrice<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("WCLPRICE", "weighted close", [.high, .low, .close]) { _ in 0 }
  }

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    Single((bar.high + bar.low + bar.close * 2) * 0.25)
  }
}
