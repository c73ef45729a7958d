import Documents
import Lanes
import Trading

/// How long the position in each asset has been open on its side: log(1 + steps since the close at which it was first seen).
///
/// 0 at that close, and where nothing is held; a position that turns starts anew. At most log(2³⁰), about 20.8.
package struct TradeTimeObservation: Observation {
  static let form = Form<TradeTimeObservation>(make: { TradeTimeObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "timeInTrade(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState { State(site) }

  private final class State: ObservationState {
    private let assets: [Int]
    /// [asset · groups + group] in the agent's order: the side of the position, −1, 0 or 1, and the step it was opened in.
    private var sides: ContiguousArray<Lanes>
    private var starts: ContiguousArray<Lanes>

    init(_ site: ObservationSite) {
      assets = site.assets
      sides = ContiguousArray(repeating: .zero, count: assets.count * site.desk.groups)
      starts = sides
    }

    func reset() {
      for index in sides.indices { sides[index] = .zero }
    }

    func write(_ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int) {
      let now = Lanes(Double(market.step))
      for (own, asset) in assets.enumerated() {
        for group in 0..<market.groups {
          let index = own * market.groups + group
          let quantity = account.positions[asset * market.groups + group].quantity
          let side = select(quantity .!= 0, copySign(of: quantity, to: .one), .zero)
          starts[index] = select(side .== sides[index], starts[index], now)
          sides[index] = side
          values[group * stride + first + own] = select(side .!= 0, log1p(now - starts[index]), .zero)
        }
      }
    }
  }
}
