import Documents
import Lanes
import Trading

/// Works off what the account holds at a share of what others trade: at every close it orders so much of the volume of the
/// step that has closed, until nothing is left. It may not be done by the horizon.
package struct Participation: Agent {
  /// Share of the volume of a step; above 0, up to 1.
  package let rate: Double

  /// A share of the volume.
  package init(rate: Double) { self.rate = rate }

  static let form = Form(
    Field("rate", .number(.fraction, in: .above(0, atMost: 1)), default: 0.1, "share of the volume of the last step"),
    make: Participation.init)

  package var worksOffOpening: Bool { true }

  package func makeSeat(_ site: DeskSite) -> any Seat { ParticipationSeat(rate, site) }

  private final class ParticipationSeat: Seat {
    private let rate: Double
    private var remainders: Remainders

    init(_ rate: Double, _ site: DeskSite) {
      self.rate = rate
      remainders = Remainders(count: site.market.assets.count * site.groups)
    }

    func reset() { remainders.reset() }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      let rate = rate
      remainders.decide(account, &decisions) { asset, group, _, held in
        // Before the first step of a market without warm-up nothing has been traded.
        guard market.hasBars else { return held }
        let order = market.bars[asset * market.groups + group].volume * rate
        return copySign(of: held, to: max(.zero, abs(held) - order))
      }
    }
  }
}
