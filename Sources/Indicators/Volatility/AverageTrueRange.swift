/// Average true range: Wilder's average of the true range over n bars, in price. Look-back n.
/// Source: Wilder (1978), New Concepts in Technical Trading Systems; TA-Lib's ATR.
struct AverageTrueRange<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "ATR", "average true range", [.high, .low, .close], [.period(from: 1, default: 14, "true ranges in the average")]
    ) { $0.whole(0) }
  }

  private var last = Number.zero
  private var average: SmoothedAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    // The first bar has no last close to range from.
    average = .wilder(parameters.whole(0), skipping: 1)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let range = bar.trueRange(after: last)
    last = bar.close
    guard let average = average.next(range) else { return nil }
    return Single(average)
  }
}
