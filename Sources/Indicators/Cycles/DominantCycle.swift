/// Ehlers' measurement of the dominant cycle: in-phase and quadrature parts of a price by Hilbert transformers, and the
/// period from how fast their angle turns.
///
/// A cycle is at most 1.5 times and at least 0.67 times the last one, in 6…50 bars, and smoothed. The first prices only
/// fill the four-bar average before it; everything earlier is 0, as in TA-Lib.
/// Source: Ehlers (2001), Rocket Science for Traders, chapters 6 and 7; TA-Lib's HT_DCPERIOD.
struct DominantCycle<Number: IndicatorNumber> {
  /// What a step measures.
  struct Measure {
    /// The period in bars, before its last smoothing.
    let period: Number
    /// The in-phase part and the quadrature part of the price.
    let inPhase, quadrature: Number
  }

  private var price1 = Number.zero
  private var price2 = Number.zero
  private var price3 = Number.zero
  private var inPhase1 = Number.zero
  private var inPhase2 = Number.zero
  private var inPhase3 = Number.zero
  private var i2 = Number.zero
  private var q2 = Number.zero
  private var re = Number.zero
  private var im = Number.zero
  private var period = Number.zero
  private var detrended: HilbertFilter<Number>
  private var quadratures: HilbertFilter<Number>
  private var advancedInPhase: HilbertFilter<Number>
  private var advancedQuadrature: HilbertFilter<Number>
  private let skipped: Int
  private var seen = 0
  private var place = 0

  /// A measurement that begins after some bars, at least 3.
  init(skipping skipped: Int, _ memory: inout IndicatorMemory<Number>) {
    self.skipped = skipped
    detrended = HilbertFilter(&memory)
    quadratures = HilbertFilter(&memory)
    advancedInPhase = HilbertFilter(&memory)
    advancedQuadrature = HilbertFilter(&memory)
  }

  /// Takes a price.
  ///
  /// - Returns: the measure; nil for the bars that are skipped.
  @inline(__always)
  mutating func next(_ price: Number) -> Measure? {
    let smooth = (price * 4 + price1 * 3 + price2 * 2 + price3) * 0.1
    price3 = price2
    price2 = price1
    price1 = price
    if seen < skipped {
      seen &+= 1
      return nil
    }
    return measure(smooth)
  }

  @inline(__always)
  private mutating func measure(_ smooth: Number) -> Measure {
    let adjustment = period * 0.075 + 0.54
    let detrender = detrended.first(smooth, place, adjustment)
    let quadrature = quadratures.next(detrender, place, adjustment)
    // The in-phase part is the detrended price of three bars ago.
    let inPhase = inPhase3
    let advancedI = advancedInPhase.next(inPhase, place, adjustment)
    let advancedQ = advancedQuadrature.next(quadrature, place, adjustment)
    place = place == 5 ? 0 : place &+ 1
    inPhase3 = inPhase2
    inPhase2 = inPhase1
    inPhase1 = detrender

    // What comes late in each sum is added last.
    let newQ2 = (quadrature * 0.2 + q2 * 0.8) + advancedI * 0.2
    let newI2 = (inPhase * 0.2 + i2 * 0.8) - advancedQ * 0.2
    re = (newQ2 * (q2 * 0.2) + re * 0.8) + newI2 * (i2 * 0.2)
    im = (im * 0.8 - newQ2 * (i2 * 0.2)) + newI2 * (q2 * 0.2)
    q2 = newQ2
    i2 = newI2

    let last = period
    let isTurning = !((re .== 0) | (im .== 0))
    let turned = ArcTangent(im, over: re).dividing(2 * Double.pi)
    var next = select(isTurning, turned, last)
    next = min(next, last * 1.5)
    next = max(next, last * 0.67)
    next = min(max(next, Number(6)), Number(50))
    period = next * 0.2 + last * 0.8
    return Measure(period: period, inPhase: inPhase, quadrature: quadrature)
  }
}
