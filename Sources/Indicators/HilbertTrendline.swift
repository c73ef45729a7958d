/// Hilbert transform, instantaneous trendline: the mean of the close over its dominant cycle, in price.
///
/// t = mean over the period of `DominantCycle` (smoothed, rounded to bars); (4 t₀ + 3 t₁ + 2 t₂ + t₃) / 10. Look-back 63. A
/// step looks at the last 50 closes in every case, since each lane has its own period.
/// Source: Ehlers (2001), Rocket Science for Traders; TA-Lib's HT_TRENDLINE.
struct HilbertTrendline<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm("HT_TRENDLINE", "instantaneous trendline, by Hilbert transform", [.close]) { _ in 63 }
  }

  private static var longest: Int { 50 }

  private let closes = Ring<Number>(2 * Self.longest)
  private var place = 0
  private var cycle = DominantCycle<Number>(skipping: 37)
  private var waiting = 63 - 37
  private var smooth = Number.zero
  private var trend1 = Number.zero
  private var trend2 = Number.zero
  private var trend3 = Number.zero

  init(_ parameters: IndicatorParameters) {}

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    // Each close twice, so that the last 50 lie in a row.
    closes[place] = bar.close
    closes[place &+ Self.longest] = bar.close
    let newest = place &+ Self.longest
    place = place &+ 1 == Self.longest ? 0 : place &+ 1
    guard let measure = cycle.next(bar.close) else { return nil }
    smooth = measure.period * 0.33 + smooth * 0.67

    // Of the last `bars` closes, the whole number just under smooth + 0.5.
    let end = smooth + 0.5
    var (sum, bars) = (Number.zero, Number.zero)
    for age in 0..<Self.longest {
      let isInside = Number(Double(age + 1)) .<= end
      sum += select(isInside, closes[newest &- age], .zero)
      bars += select(isInside, Number(1), .zero)
    }
    let trend = select(bars .> 0, sum / bars, .zero)
    let figure = (trend * 4 + trend1 * 3 + trend2 * 2 + trend3) / 10
    trend3 = trend2
    trend2 = trend1
    trend1 = trend
    if waiting > 0 {
      waiting &-= 1
      return nil
    }
    return Single(figure)
  }
}
