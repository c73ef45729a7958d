/// Normalized average true range: ATR in percent of the close; 0 where the close is 0. Look-back n.
/// With n = 1 it is the true range itself, in price, as in TA-Lib.
/// Source: Forman (2006), Stocks & Commodities 24(5); TA-Lib's NATR.
struct NormalizedAverageTrueRange<Number: IndicatorNumber>: MappedIndicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "NATR", "average true range, in percent of the close", [.high, .low, .close],
      [.period(from: 1, default: 14, "true ranges in the average")]
    ) { $0.whole(0) }
  }

  private var average: AverageTrueRange<Number>
  private let isNormalized: Bool

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    average = AverageTrueRange(parameters, &memory)
    isNormalized = parameters.whole(0) > 1
  }

  typealias Source = AverageTrueRange<Number>

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let average = average.step(bar)
    guard average.areKnown else { return nil }
    return Single(figure(of: average.value, bar))
  }

  @inline(__always)
  func figure(of average: Number, _ bar: IndicatorBar<Number>) -> Number {
    isNormalized ? ratio(average * 100, bar.close) : average
  }
}
