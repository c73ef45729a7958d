import Lanes
import Trading

/// An execution agent that says before the first trade what is to be left at which close, whatever the market does.
protocol ExecutionSchedule: Agent {
  /// The share of what was held at t = 0 that is to be left after the order of each close, from that at t = 0 on: one number
  /// for each of the market's `decisions`, from 1 down to 0 at the last.
  ///
  /// - Parameter asset: its place in the market.
  func left(_ asset: Int, _ market: MarketTerms) -> [Double]
}

extension ExecutionSchedule {
  package var worksOffOpening: Bool { true }

  package func makeSeat(_ site: DeskSite) -> any Seat {
    ScheduleSeat(site.market.assets.indices.map { left($0, site.market) }, groups: site.groups)
  }
}

/// The seat of an agent that follows a schedule.
private final class ScheduleSeat: Seat {
  /// `[asset][decision]`.
  private let left: [[Double]]
  private var remainders: Remainders

  init(_ left: [[Double]], groups: Int) {
    self.left = left
    remainders = Remainders(count: left.count * groups)
  }

  func reset() { remainders.reset() }

  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
    let number = market.step + 1
    let left = left
    remainders.decide(account, &decisions) { asset, _, start, _ in
      start * (number < left[asset].count ? left[asset][number] : 0)
    }
  }
}

extension MarketTerms {
  /// The decision at which each of some slices of the horizon begins: as even as whole steps allow.
  ///
  /// - Parameter slices: at least 1; of more than there are decisions, one at each.
  func sliceStarts(_ slices: Int) -> [Int] {
    let count = min(slices, decisions)
    return (0..<count).map { $0 * decisions / count }
  }

  /// A schedule that changes where slices begin.
  ///
  /// - Parameters:
  ///   - starts: the decisions at which they do, ascending from 0.
  ///   - left: the share that is left after the order of each.
  func schedule(_ starts: [Int], left: [Double]) -> [Double] {
    var shares: [Double] = []
    shares.reserveCapacity(decisions)
    for (slice, share) in left.enumerated() {
      let end = slice + 1 < starts.count ? starts[slice + 1] : decisions
      shares += Array(repeating: share, count: end - starts[slice])
    }
    return shares
  }
}
