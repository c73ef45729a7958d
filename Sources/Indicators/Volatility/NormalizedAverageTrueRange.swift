/// Normalized average true range: ATR in percent of the close; 0 where the close is 0. Look-back n.
/// With n = 1 it is the true range itself, in price, as in TA-Lib.
/// Source: Forman (2006), Stocks & Commodities 24(5); TA-Lib's NATR.
struct NormalizedAverageTrueRange<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "NATR", "average true range, in percent of the close", [.high, .low, .close],
      [.period(from: 1, default: 14, "true ranges in the average")]
    ) { $0.whole(0) }
  }

  private var last = Number.zero
  private var average: SmoothedAverage<Number>
  private let isNormalized: Bool

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    // The first bar has no last close to range from.
    average = .wilder(parameters.whole(0), skipping: 1)
    isNormalized = parameters.whole(0) > 1
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let range = bar.trueRange(after: last)
    last = bar.close
    guard let average = average.next(range) else { return nil }
    return Single(isNormalized ? ratio(average * 100, bar.close) : average)
  }
}
