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
  private var waiting: Int
  private let longest: Int
  private let pressures: Ring<Number>
  private let ranges: Ring<Number>
  private var place = 0
  private var first: Window
  private var second: Window
  private var third: Window

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    let periods = (0..<3).map { parameters.whole($0) }.sorted()
    longest = periods[2]
    waiting = longest
    pressures = memory.ring(longest)
    ranges = memory.ring(longest)
    first = Window(periods[0])
    second = Window(periods[1])
    third = Window(periods[2])
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let pressure = bar.close - min(bar.low, last)
    let range = bar.trueRange(after: last)
    last = bar.close
    // The first bar has no last close; it is not counted.
    if waiting == longest {
      waiting &-= 1
      return nil
    }
    first.take(pressure, range, place, longest, pressures, ranges)
    second.take(pressure, range, place, longest, pressures, ranges)
    third.take(pressure, range, place, longest, pressures, ranges)
    pressures[place] = pressure
    ranges[place] = range
    place = place &+ 1 == longest ? 0 : place &+ 1
    if waiting > 0 {
      waiting &-= 1
      return nil
    }
    // Less range than this is the rounding of ranges that have left the window.
    let nothing = bar.close * 1e-12
    let figure = first.share(nothing) * 4 + second.share(nothing) * 2 + third.share(nothing)
    return Single(figure * (100.0 / 7))
  }

  /// Pressure and range over the last n bars: two running sums that start afresh every n steps, as `RunningSum`.
  private struct Window {
    private let period: Int
    private var left: Int
    private var pressure = Number.zero
    private var range = Number.zero
    private var freshPressure = Number.zero
    private var freshRange = Number.zero

    init(_ period: Int) {
      self.period = period
      left = period
    }

    @inline(__always)
    mutating func take(
      _ newPressure: Number, _ newRange: Number, _ place: Int, _ longest: Int, _ pressures: Ring<Number>,
      _ ranges: Ring<Number>
    ) {
      let oldest = place &- period < 0 ? place &- period &+ longest : place &- period
      pressure += newPressure - pressures[oldest]
      range += newRange - ranges[oldest]
      freshPressure += newPressure
      freshRange += newRange
      left &-= 1
      if left == 0 {
        left = period
        pressure = freshPressure
        range = freshRange
        freshPressure = .zero
        freshRange = .zero
      }
    }

    @inline(__always)
    func share(_ nothing: Number) -> Number { select(range .<= nothing, .zero, pressure / range) }
  }
}
