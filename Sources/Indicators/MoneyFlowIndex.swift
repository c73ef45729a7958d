/// Money flow index: the share of money that flowed in on a rising typical price, in 0…100.
///
/// MFI = 100 · in / (in + out) over n bars; flow = typical price · volume, in where that price rose, out where it fell; 0
/// where less than 1 flowed. Look-back n.
/// Source: Quong & Soudack (1989), Stocks & Commodities 7(3); TA-Lib's MFI.
struct MoneyFlowIndex<Number: IndicatorNumber>: Indicator, ~Copyable {
  static var form: IndicatorForm {
    IndicatorForm(
      "MFI", "money flow index", [.high, .low, .close, .volume], [.period(default: 14, "changes in the window")]
    ) { $0.whole(0) }
  }

  private var last = Number.zero
  private var hasLast = false
  private var rising: MovingSum<Number>
  private var falling: MovingSum<Number>

  init(_ parameters: IndicatorParameters) {
    rising = MovingSum(parameters.whole(0))
    falling = MovingSum(parameters.whole(0))
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number>? {
    let price = (bar.high + bar.low + bar.close) / 3
    let change = price - last
    last = price
    guard hasLast else {
      hasLast = true
      return nil
    }
    let flow = price * bar.volume
    let (into, out) = (
      rising.next(select(change .> 0, flow, .zero)), falling.next(select(change .< 0, flow, .zero))
    )
    guard let into, let out else { return nil }
    let all = into + out
    return Single(select(all .< 1, .zero, into * 100 / all))
  }
}
