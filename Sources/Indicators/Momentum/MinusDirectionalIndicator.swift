/// Minus directional indicator: movement down in percent of true range, by Wilder's sums over n bars; 0 without range.
/// Look-back n. With n = 1 it is a fraction and not in percent, as in TA-Lib.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's MINUS_DI.
struct MinusDirectionalIndicator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "MINUS_DI", "directional indicator down", [.high, .low, .close],
      [.period(from: 1, default: 14, "bars in the sums")]
    ) { $0.whole(0) }
  }

  private var sums: DirectionalSums<Number>
  private let scale: Double

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    sums = DirectionalSums(parameters.whole(0))
    scale = parameters.whole(0) == 1 ? 1 : 100
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard sums.take(bar) else { return nil }
    return Single(ratio(sums.minus * scale, sums.range))
  }
}
