/// Ultimate oscillator: buying pressure in true range over three windows, weighted 4 : 2 : 1 from the shortest; in 0…100.
///
/// ULTOSC = 100 (4 b₁/r₁ + 2 b₂/r₂ + b₃/r₃) / 7, b = Σ(close − min(low, last close)), r = Σ true range; a window without
/// range counts 0. Look-back: the longest window.
/// Source: Williams (1985), Stocks & Commodities 3(4); TA-Lib's ULTOSC.
struct UltimateOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "ULTOSC", "ultimate oscillator", [.high, .low, .close],
      [
        .period("short", from: 1, default: 7, "bars in the first window"),
        .period("middle", from: 1, default: 14, "bars in the second window"),
        .period("long", from: 1, default: 28, "bars in the third window"),
      ]
    ) { Swift.max($0.whole(0), $0.whole(1), $0.whole(2)) }
  }

  private var last = Number.zero
  private var hasLast = false
  private var pressure1, pressure2, pressure3, range1, range2, range3: RunningSum<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    let periods = (0..<3).map { parameters.whole($0) }.sorted()
    pressure1 = RunningSum(periods[0], &memory)
    pressure2 = RunningSum(periods[1], &memory)
    pressure3 = RunningSum(periods[2], &memory)
    range1 = RunningSum(periods[0], &memory)
    range2 = RunningSum(periods[1], &memory)
    range3 = RunningSum(periods[2], &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    let pressure = bar.close - min(bar.low, last)
    let range = bar.trueRange(after: last)
    last = bar.close
    guard hasLast else {
      hasLast = true
      return nil
    }
    let (b1, b2, b3) = (pressure1.next(pressure), pressure2.next(pressure), pressure3.next(pressure))
    let (r1, r2, r3) = (range1.next(range), range2.next(range), range3.next(range))
    guard let b1, let b2, let b3, let r1, let r2, let r3 else { return nil }
    // Less range than this is the rounding of ranges that have left the window.
    let nothing = bar.close * 1e-12
    let first = select(r1 .<= nothing, .zero, b1 / r1)
    let second = select(r2 .<= nothing, .zero, b2 / r2)
    let third = select(r3 .<= nothing, .zero, b3 / r3)
    return Single((first * 4 + second * 2 + third) * (100.0 / 7))
  }
}
