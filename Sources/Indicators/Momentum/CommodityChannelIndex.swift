/// Commodity channel index: how far the typical price is from its mean, in units of 0.015 mean absolute deviations.
///
/// CCI = (t − mean) / (0.015 · mean |tᵢ − mean|) over n bars, t = (high + low + close) / 3; 0 where t is the mean. Look-back
/// n − 1. O(n) a step: the deviations are about a mean that moves.
/// Source: Lambert (1980), Commodities; TA-Lib's CCI.
struct CommodityChannelIndex<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm("CCI", "commodity channel index", [.high, .low, .close], [.period(default: 14)]) { $0.whole(0) - 1 }
  }

  private var sum: RunningSum<Number>
  private let period: Int
  private let values: Ring<Number>
  private var position = 0

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    period = parameters.whole(0)
    values = memory.ring(period)
    sum = RunningSum(period, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let price = bar.typicalPrice
    values[position] = price
    position = position &+ 1 == period ? 0 : position &+ 1
    guard let sum = sum.next(price) else { return nil }
    let mean = sum * (1 / Double(period))
    // Two sums side by side take half the time of one.
    var even = Number.zero
    var odd = period & 1 == 1 ? abs(values[period &- 1] - mean) : .zero
    for index in 0..<(period >> 1) {
      even += abs(values[2 &* index] - mean)
      odd += abs(values[2 &* index &+ 1] - mean)
    }
    let (distance, deviation) = (price - mean, (even + odd) * (1 / Double(period)))
    // The mean of equal prices may be off by rounding; that is no distance.
    let isLevel = abs(distance) .<= abs(price) * 0x1p-48
    return Single(select(isLevel, .zero, distance / (deviation * 0.015)))
  }
}
