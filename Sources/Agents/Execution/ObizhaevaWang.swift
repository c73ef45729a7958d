import Documents
import Foundation
import Trading

/// Works off what the account holds along the schedule of Obizhaeva and Wang: of all schedules the cheapest in the mean,
/// where impact is linear and decays exponentially.
///
/// The first and the last of N + 1 orders at equal distances τ are X / ((N − 1)(1 − a) + 2), the others (1 − a) of that, with
/// a = 2^(−τ/`refillHalfLife`). Its cost beyond the half-spread is ½κPX²(1 + a)/((N − 1)(1 − a) + 2). Source: Obizhaeva and
/// Wang (2013), Optimal trading strategy and supply/demand dynamics, Journal of Financial Markets 16(1), proposition 1, in the
/// form of equal intervals.
package struct ObizhaevaWang: ExecutionSchedule {
  /// N + 1: orders from t = 0 to the horizon; at least 2. Nil for one at every close.
  package let orders: Int?

  /// The schedule of so many orders.
  package init(orders: Int? = nil) { self.orders = orders }

  static let form = Form(
    Field(
      "orders", .optional(.integer(in: 2...1_000_000)),
      "orders at equal distances from t = 0 to the horizon; left out: one at every close"),
    make: ObizhaevaWang.init)

  func left(_ asset: Int, _ market: MarketTerms) -> [Double] {
    let count = min(orders ?? market.decisions, market.decisions)
    guard count > 1 else { return Array(repeating: 0, count: market.decisions) }
    let starts = (0..<count).map { $0 * (market.decisions - 1) / (count - 1) }
    let distance = Double(market.decisions - 1) / Double(count - 1) * market.clock.stepSeconds
    let decay = exp2(-distance / market.liquidity[asset].refillHalfLifeSeconds)
    let edge = 1 / (Double(count - 2) * (1 - decay) + 2)
    return market.schedule(
      starts,
      left: (0..<count).map { order in
        order == count - 1 ? 0 : 1 - edge * (1 + Double(order) * (1 - decay))
      })
  }
}
