/// Directional movement index: how one-sided movement is, in 0…100.
///
/// DX = 100 |+DI − −DI| / (+DI + −DI); without any movement its last figure, 0 at first. Look-back n.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's DX.
struct DirectionalMovementIndex<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "DX", "directional movement index", [.high, .low, .close], [.period(default: 14, "bars in the sums")]
    ) { $0.whole(0) }
  }

  private var last = Number.zero
  private var sums: DirectionalSums<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    sums = DirectionalSums(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    guard sums.take(bar) else { return nil }
    last = select(sums.hasIndex, sums.index, last)
    return Single(last)
  }
}
