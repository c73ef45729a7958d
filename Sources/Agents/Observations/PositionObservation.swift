import Documents
import Lanes
import Trading

/// The weight q·X/E of the position in each asset, and of what is on its way; 0 where the desk may not trade.
package struct PositionObservation: Observation {
  static let form = Form<PositionObservation>(make: { PositionObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "position(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState { State(assets: site.assets) }

  private final class State: ObservationState {
    let assets: [Int]

    init(assets: [Int]) { self.assets = assets }

    func write(
      _ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int
    ) {
      for (index, asset) in assets.enumerated() {
        for group in 0..<market.groups {
          values[group * stride + first + index] = account.weight(asset: asset, group: group)
        }
      }
    }
  }
}
