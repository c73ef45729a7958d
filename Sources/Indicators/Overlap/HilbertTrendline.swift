/// Hilbert transform, instantaneous trendline: the mean of the close over its dominant cycle, in price.
///
/// t = mean over the period of `DominantCycle` (smoothed, rounded to bars); (4 t₀ + 3 t₁ + 2 t₂ + t₃) / 10. Look-back 63. Sums
/// of closes start afresh every 51 bars, so that rounding does not add up.
/// Source: Ehlers (2001), Rocket Science for Traders; TA-Lib's HT_TRENDLINE.
struct HilbertTrendline<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("HT_TRENDLINE", "instantaneous trendline, by Hilbert transform", [.close]) { _ in 63 }
  }

  private static var longest: Int { 50 }

  private var sum = Number.zero
  private var smooth = Number.zero
  private var trend1 = Number.zero
  private var trend2 = Number.zero
  private var trend3 = Number.zero
  private var cycle: DominantCycle<Number>
  /// Sums of closes since the last fresh start, at `place` that of the newest; each twice, 50 apart, so that the last 51
  /// lie in a row.
  private let sums: Ring<Number>
  private var place = 0
  private var waiting = 63 - 37

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    sums = memory.ring(2 * (Self.longest + 1))
    cycle = DominantCycle(skipping: 37, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let size = Self.longest + 1
    sum += bar.close
    place = place &+ 1 == size ? 0 : place &+ 1
    if place == 0 { startAfresh() }
    sums[place] = sum
    sums[place &+ size] = sum
    guard let measure = cycle.next(bar.close) else { return nil }
    smooth = measure.period * 0.33 + smooth * 0.67

    // The whole number of bars nearest to the period; a period that is no number must not become a place.
    let bars = max(min(Number.whole(smooth + 0.5), Number(Double(Self.longest))), .zero)
    let before = sums.picked(Number(Double(place &+ size)) - bars)
    let trend = select(bars .> 0, (sum - before) / bars, .zero)
    let figure = (trend * 4 + trend1 * 3 + trend2 * 2 + trend3) * 0.1
    trend3 = trend2
    trend2 = trend1
    trend1 = trend
    if waiting > 0 {
      waiting &-= 1
      return nil
    }
    return Single(figure)
  }

  /// Counts sums from the oldest that is kept, so that they never grow beyond those of 100 closes.
  @inline(__always)
  private mutating func startAfresh() {
    let size = Self.longest + 1
    let oldest = sums[0]
    sum -= oldest
    for index in 0..<(2 &* size) { sums[index] = sums[index] - oldest }
  }
}
