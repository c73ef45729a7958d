/// Bollinger bands, in price: the mean of the last n closes, and some standard deviations above and below it.
///
/// Population variance, see `MovingVariance`. Look-back n − 1. The default of 20 bars is Bollinger's; TA-Lib's is 5. TA-Lib's
/// other averages are left out.
/// Source: Bollinger (2001), Bollinger on Bollinger Bands; TA-Lib's BBANDS.
struct BollingerBands<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "BBANDS", "Bollinger bands", [.close],
      [
        .period(default: 20),
        .deviations("up", default: 2, "standard deviations above the mean"),
        .deviations("down", default: 2, "standard deviations below the mean"),
      ], outputs: ["upper", "middle", "lower"]
    ) { $0.whole(0) - 1 }
  }

  private var moments: MovingVariance<Number>
  private let up, down: Double

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    moments = MovingVariance(parameters.whole(0), &memory)
    up = parameters[1]
    down = parameters[2]
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Triple<Number> {
    guard moments.take(bar.close) else { return nil }
    let mean = moments.mean
    let deviation = sqrt(moments.variance)
    return Triple(mean + deviation * up, mean, mean - deviation * down)
  }
}
