/// Accumulation/distribution oscillator: fast less slow exponential average of the accumulation/distribution line.
///
/// Both averages start at the line's first figure. Look-back: the longer period less 1.
/// Source: Chaikin; TA-Lib's ADOSC.
struct AccumulationDistributionOscillator<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "ADOSC", "accumulation/distribution oscillator", [.high, .low, .close, .volume],
      [
        .period("fast", default: 3, "bars in the fast average"),
        .period("slow", default: 10, "bars in the slow average"),
      ]
    ) { Swift.max($0.whole(0), $0.whole(1)) - 1 }
  }

  private var line = Number.zero
  private var fast = Number.zero
  private var slow = Number.zero
  private let fastShare, slowShare: Double
  private let lookBack: Int
  private var seen = 0

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    fastShare = 2 / (parameters[0] + 1)
    slowShare = 2 / (parameters[1] + 1)
    lookBack = Swift.max(parameters.whole(0), parameters.whole(1)) - 1
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    line += bar.moneyFlow
    fast = fast * (1 - fastShare) + line * fastShare
    slow = slow * (1 - slowShare) + line * slowShare
    if seen < lookBack {
      if seen == 0 {
        fast = line
        slow = line
      }
      seen &+= 1
      return nil
    }
    return Single(fast - slow)
  }
}
