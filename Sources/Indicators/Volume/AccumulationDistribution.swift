/// Accumulation/distribution line: `moneyFlow` added up, in units of volume. No look-back.
/// Source: Chaikin; TA-Lib's AD.
struct AccumulationDistribution<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("AD", "accumulation/distribution line", [.high, .low, .close, .volume]) { _ in 0 }
  }

  private var line = Number.zero

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    line += bar.moneyFlow
    return Single(line)
  }
}
