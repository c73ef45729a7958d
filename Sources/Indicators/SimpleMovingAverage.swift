/// Simple moving average: the mean of the last n closes, in price.
///
/// SMA = (close₀ + … + closeₙ₋₁) / n. Look-back n − 1.
/// Source: TA-Lib's SMA.
struct SimpleMovingAverage<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm("SMA", "simple moving average", [.close], [.period(default: 30)]) { $0.whole(0) - 1 }
  }

  private var sum: MovingSum<Number>
  private let share: Double

  init(_ parameters: IndicatorParameters) {
    sum = MovingSum(parameters.whole(0))
    share = parameters[0]
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    guard let sum = sum.next(bar.close) else { return nil }
    return Single(sum / share)
  }
}
