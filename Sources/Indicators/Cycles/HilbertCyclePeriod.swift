/// Hilbert transform, dominant cycle period: the length of the cycle in the close, in bars, 6…50; see `DominantCycle`.
///
/// Smoothed: s ← 0.33 period + 0.67 s, from 0. Look-back 32.
/// Source: Ehlers (2001), Rocket Science for Traders; TA-Lib's HT_DCPERIOD.
struct HilbertCyclePeriod<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("HT_DCPERIOD", "dominant cycle period, by Hilbert transform", [.close]) { _ in 32 }
  }

  private var smooth = Number.zero
  private var cycle: DominantCycle<Number>
  private var waiting = 20

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    cycle = DominantCycle(skipping: 12, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard let measure = cycle.next(bar.close) else { return nil }
    smooth = measure.period * 0.33 + smooth * 0.67
    if waiting > 0 {
      waiting &-= 1
      return nil
    }
    return Single(smooth)
  }
}
