import Documents
import Trading

/// Works off what the account holds in equal slices over the horizon: the time-weighted average price, TWAP.
package struct TimeWeighted: ExecutionSchedule {
  /// Slices, one order at the start of each; nil for one at every close.
  package let slices: Int?

  /// An even schedule.
  ///
  /// - Parameter slices: at least 1.
  package init(slices: Int? = nil) { self.slices = slices }

  static let form = Form(
    Field(
      "slices", .optional(.integer(in: 1...1_000_000)),
      "parts of the horizon, with one order at the start of each; left out: one at every close"),
    make: TimeWeighted.init)

  func left(_ asset: Int, _ market: MarketTerms) -> [Double] {
    let starts = market.sliceStarts(slices ?? market.decisions)
    return market.schedule(starts, left: starts.indices.map { 1 - Double($0 + 1) / Double(starts.count) })
  }
}
