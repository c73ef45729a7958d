/// Money flow index: the share of money that flowed in on a rising typical price, in 0…100.
///
/// MFI = 100 · in / (in + out) over n bars; flow = typical price · volume, in where that price rose, out where it fell, by
/// more than its rounding; 0 where nothing flowed. Look-back n.
/// Source: Quong & Soudack (1989), Stocks & Commodities 7(3); TA-Lib's MFI.
struct MoneyFlowIndex<Number: IndicatorNumber>: Indicator {
  static var form: IndicatorForm {
    IndicatorForm(
      "MFI", "money flow index", [.high, .low, .close, .volume], [.period(default: 14, "changes in the window")]
    ) { $0.whole(0) }
  }

  private var last = Number.zero
  private var rising: MovingSum<Number>
  private var falling: MovingSum<Number>
  private var hasLast = false

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Number>) {
    rising = MovingSum(parameters.whole(0), &memory)
    falling = MovingSum(parameters.whole(0), &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Number>) -> Single<Number> {
    let price = bar.typicalPrice
    let change = price - last
    last = price
    guard hasLast else {
      hasLast = true
      return nil
    }
    let flow = price * bar.volume
    // Prices in ticks may have the same mean and differ by its rounding: that is no move.
    let hasMoved = abs(change) .> price * 0x1p-50
    let (into, out) = (
      rising.next(select(hasMoved & (change .> 0), flow, .zero)),
      falling.next(select(hasMoved & (change .< 0), flow, .zero))
    )
    guard let into, let out else { return nil }
    // Nothing of what has left the windows stays in these sums. (TA-Lib: less than 1 is nothing, whatever the prices.)
    let all = into + out
    return Single(select(all .> 0, into * 100 / all, .zero))
  }
}
