/// Aroon: how lately the lowest low and the highest high were; 100 is now, 0 is n bars ago.
///
/// down = 100 (n − bars since the lowest low) / n, up likewise of the highest high, over n + 1 bars; of equal extremes the
/// latest counts. Look-back n.
/// Source: Chande (1995), Stocks & Commodities 13(9); TA-Lib's AROON.
struct Aroon<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "AROON", "time since the extremes", [.high, .low], [.period(default: 14, "bars that an extreme may be old")],
      outputs: ["down", "up"]
    ) { $0.whole(0) }
  }

  private var lowest: MovingExtremeAge<Number, Lowest>
  private var highest: MovingExtremeAge<Number, Highest>
  private let period: Double

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    period = parameters[0]
    lowest = MovingExtremeAge(parameters.whole(0) + 1, &memory)
    highest = MovingExtremeAge(parameters.whole(0) + 1, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Pair<Number> {
    let (low, high) = (lowest.next(bar.low), highest.next(bar.high))
    guard let low, let high else { return nil }
    let scale = 100 / period
    return Pair((period - low) * scale, (period - high) * scale)
  }
}
