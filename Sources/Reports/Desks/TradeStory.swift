import Drawing
import Lab
import Statistics
import Trading

/// The trades of a path that were forced or large, told one by one: when, how much, at what price against the mid, and why.
struct TradeStory: Sendable {
  private let trace: Trace
  private let unit: Unit

  /// The story of a path's trades; `unit` writes its durations.
  init(_ trace: Trace, unit: Unit) {
    self.trace = trace
    self.unit = unit
  }

  /// A heading sentence and up to five trades in the order of time: the forced ones first chosen, then the largest.
  var markup: [Markup] {
    guard !trace.trades.isEmpty else { return [] }
    let ranks = trace.trades.map { (WorstPathChart.isForced($0) ? 1 : 0, abs($0.quantity * $0.price)) }
    let ranked = ranks.indices.sorted { ranks[$0] != ranks[$1] ? ranks[$0] > ranks[$1] : $0 < $1 }
    let chosen = ranked.prefix(5).sorted()
    let count = trace.trades.count
    let lead =
      count <= 5
      ? "Its trade\(count == 1 ? "" : "s"), each by the close of the step in which it was made:"
      : "Five of its \(Unit.decimal(Double(count), decimals: 0)) trades, forced ones before others and then the largest, "
        + "each by the close of the step in which it was made:"
    return [Markup("p", text: lead), Markup("ul", [:], chosen.map { Markup("li", text: sentence(trace.trades[$0])) })]
  }

  private func sentence(_ trade: Trade) -> String {
    let quantity = Unit.quantity(abs(trade.quantity))
    let price = Unit.price(trade.price)
    var text =
      "By \(unit.text(trade.seconds)): \(trade.quantity > 0 ? "bought" : "sold") \(quantity) \(trade.asset) at \(price)"
    let gap = trade.midAtDecision > 0 ? (trade.price / trade.midAtDecision - 1) * 10_000 : 0
    if abs(gap) >= 0.05 {
      let reference =
        switch trade.reason {
        case .order, .closeOut: "the mid when it was decided"
        case .stop: "the level of the stop, or the last close of what an earlier step had left of it"
        case .liquidation, .recall: "the mid at which it was forced"
        }
      text += ", \(Unit.basisPoints.text(abs(gap))) \(gap > 0 ? "over" : "under") \(reference)"
    }
    return text + " (\(WorstPathChart.reason(trade.reason)))."
  }
}
