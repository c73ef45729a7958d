/// The MESA adaptive moving average and the one that follows it: what MAMA and FAMA are.
///
/// The share of the newest price is fast / (degrees by which the phase fell), at least slow and at most fast; the follower
/// takes half that share of MAMA. Both start at 0 with the first measure, as in TA-Lib.
/// Source: Ehlers (2001), MESA Adaptive Moving Averages, Stocks & Commodities 19(10); TA-Lib's MAMA.
struct AdaptivePhaseAverages<Number: IndicatorNumber> {
  private static var skipped: Int { 12 }

  private var phase = Number.zero
  private var mama = Number.zero
  private var fama = Number.zero
  private var cycle: DominantCycle<Number>
  private let fast, slow: Double
  private var waiting = 32 - Self.skipped

  /// Averages with a largest and a least share of the newest price.
  init(fast: Double, slow: Double, _ memory: inout IndicatorMemory<Number>) {
    cycle = DominantCycle(skipping: Self.skipped, &memory)
    self.fast = fast
    self.slow = slow
  }

  /// Takes a price.
  ///
  /// - Returns: both averages; nil for the first 32 prices.
  @inline(__always)
  mutating func next(_ price: Number) -> (mama: Number, fama: Number)? {
    guard let measure = cycle.next(price) else { return nil }
    let angle = ArcTangent(measure.quadrature, over: measure.inPhase).angle * (180 / Double.pi)
    let newPhase = select(measure.inPhase .== 0, .zero, angle)
    let fall = max(phase - newPhase, Number(1))
    phase = newPhase
    // A fall of 1 is the fast limit itself, even where the slow one is larger.
    let share = select(fall .> 1, max(fast / fall, Number(slow)), Number(fast))
    mama = share * price + (1 - share) * mama
    let half = share * 0.5
    fama = half * mama + (1 - half) * fama
    if waiting > 0 {
      waiting &-= 1
      return nil
    }
    return (mama, fama)
  }
}
