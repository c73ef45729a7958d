/// Aroon oscillator: Aroon up less Aroon down, in −100…100; see `Aroon`. Look-back n.
/// Source: Chande (1995), Stocks & Commodities 13(9); TA-Lib's AROONOSC.
struct AroonOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "AROONOSC", "Aroon up less Aroon down", [.high, .low], [.period(default: 14, "bars that an extreme may be old")]
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
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let (low, high) = (lowest.next(bar.low), highest.next(bar.high))
    guard let low, let high else { return nil }
    return Single((low - high) * (100 / period))
  }
}
