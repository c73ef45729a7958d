/// On-balance volume: volume added up, with the sign of the close's change. Starts with the first bar's. No look-back.
/// Source: Granville (1963), New Key to Stock Market Profits; TA-Lib's OBV.
struct OnBalanceVolume<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("OBV", "on-balance volume", [.close, .volume]) { _ in 0 }
  }

  private var balance = Number.zero
  private var last = Number.zero
  private var hasLast = false

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let change = select(bar.close .> last, bar.volume, select(bar.close .< last, -bar.volume, .zero))
    balance += hasLast ? change : bar.volume
    last = bar.close
    hasLast = true
    return Single(balance)
  }
}
