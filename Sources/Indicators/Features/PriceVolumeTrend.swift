/// Price-volume trend, in units of volume: the volume of each bar times its simple return, added up.
///
/// PVTₜ = PVTₜ₋₁ + volumeₜ · (closeₜ / closeₜ₋₁ − 1), from 0 at the first bar. Look-back 1. Its level depends on where
/// the data starts, its changes do not.
/// Variants: TA-Lib has none; its on-balance volume adds the whole volume with the sign of the return.
struct PriceVolumeTrend<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("PVT", "price-volume trend", [.close, .volume]) { _ in 1 }
  }

  private var last = LastClose<Number>()
  private var trend = Number.zero

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let before = last.next(bar.close) else { return nil }
    trend += bar.volume * (bar.close / before - 1)
    return Single(trend)
  }
}
