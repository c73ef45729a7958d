/// Parabolic stop and reverse: a stop that closes in on the price the further it runs, and changes sides when hit; in price.
///
/// Long: SAR ← SAR + a (extreme − SAR), at most the lows of this bar and the one before; each new extreme adds the acceleration
/// to a, up to the maximum. A low at or under it turns it short from the extreme, with a anew; short is the mirror image. It
/// starts short when the second bar moved down (Wilder's minus movement above 0), else long. Look-back 1.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's SAR.
struct ParabolicStopAndReverse<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "SAR", "parabolic stop and reverse", [.high, .low],
      [
        IndicatorParameter("acceleration", .number(0...3e37), default: 0.02, "added with each new extreme"),
        IndicatorParameter("maximum", .number(0...3e37), default: 0.2, "most that it adds up to"),
      ]
    ) { _ in 1 }
  }

  private var lastHigh = Number.zero
  private var lastLow = Number.zero
  // Seen from the side that it is on: a short position is a long one upside down.
  private var isLong = Number.zero .== 0
  private var stop = Number.zero
  private var extreme = Number.zero
  private var pace = Number.zero
  private let acceleration, maximum: Double
  private var seen = 0

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    // TA-Lib: the acceleration is at most its maximum.
    acceleration = Swift.min(parameters[0], parameters[1])
    maximum = parameters[1]
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    if seen < 2 {
      seen &+= 1
      if seen == 1 {
        lastHigh = bar.high
        lastLow = bar.low
        return nil
      }
      isLong = bar.movement(afterHigh: lastHigh, low: lastLow).minus .<= 0
      stop = select(isLong, lastLow, -lastHigh)
      extreme = select(isLong, bar.high, -bar.low)
      pace = Number(acceleration)
      lastHigh = bar.high
      lastLow = bar.low
    }
    let (high, low) = (select(isLong, bar.high, -bar.low), select(isLong, bar.low, -bar.high))
    let (highBefore, lowBefore) = (select(isLong, lastHigh, -lastLow), select(isLong, lastLow, -lastHigh))
    lastHigh = bar.high
    lastLow = bar.low

    let isHit = low .<= stop
    // Hit: out at the extreme, but not inside this bar or the last; then on from there towards the new low.
    let top = max(highBefore, high)
    let turned = max(extreme, top)
    let turnedNext = max((low - turned) * acceleration + turned, top)
    // Not hit: on towards the extreme, but not into this bar or the last.
    let isNew = high .> extreme
    let reached = max(high, extreme)
    let quicker = select(isNew, min(pace + acceleration, Number(maximum)), pace)
    let next = min((reached - stop) * quicker + stop, min(lowBefore, low))

    let figure = select(isHit, turned, stop)
    let out = select(isLong, figure, -figure)
    stop = select(isHit, -turnedNext, next)
    extreme = select(isHit, -low, reached)
    pace = select(isHit, Number(acceleration), quicker)
    isLong = (isLong & !isHit) | (isHit & !isLong)
    return Single(out)
  }
}
