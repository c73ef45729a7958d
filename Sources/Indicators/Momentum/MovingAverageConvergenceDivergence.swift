/// Moving average convergence/divergence, in price: the lead of a fast exponential average over a slow one, the average
/// of that lead (signal), and the difference of the two (hist).
///
/// MACD = EMA(fast) − EMA(slow); signal = EMA of MACD; hist = MACD − signal. All three begin with the signal. The fast
/// average starts from the closes just before the slow one's first figure, as in TA-Lib; periods that are given in
/// the wrong order are swapped. Look-back slow + signal − 2.
/// Source: TA-Lib's MACD; Appel (2005), Technical Analysis: Power Tools for Active Investors.
struct MovingAverageConvergenceDivergence<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "MACD", "moving average convergence/divergence", [.close],
      [
        .period("fast", default: 12, "bars in the fast average"),
        .period("slow", default: 26, "bars in the slow average"),
        .period("signal", from: 1, default: 9, "values in the signal's average"),
      ], outputs: ["", "signal", "hist"]
    ) { Swift.max($0.whole(0), $0.whole(1)) + $0.whole(2) - 2 }
  }

  private var fast: ExponentialAverage<Number>
  private var slow: ExponentialAverage<Number>
  private var signal: ExponentialAverage<Number>

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    let periods = [parameters.whole(0), parameters.whole(1)].sorted()
    fast = ExponentialAverage(periods[0], skipping: periods[1] - periods[0])
    slow = ExponentialAverage(periods[1])
    signal = ExponentialAverage(parameters.whole(2))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Triple<Number> {
    // Both see every bar: a guard that stops at the first nil would hide bars from the second.
    let (fast, slow) = (fast.next(bar.close), slow.next(bar.close))
    guard let fast, let slow else { return nil }
    let lead = fast - slow
    guard let average = signal.next(lead) else { return nil }
    return Triple(lead, average, lead - average)
  }
}
