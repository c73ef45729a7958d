import Documents
import Lanes
import Trading

/// What the market shows of the signal in the drift of each asset, 1/year.
package struct SignalObservation: Observation {
  static let form = Form<SignalObservation>(make: { SignalObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "signal(\($0))" } }

  package func complaint(_ market: MarketTerms, assets: [Int]) -> String? {
    let silent = assets.filter { !market.showsSignals[$0] }.map { quoted(market.assets[$0]) }
    return silent.isEmpty ? nil : "the market shows no signal of \(silent.joined(separator: ", "))"
  }

  package func makeState(_ site: ObservationSite) -> any ObservationState { State(assets: site.assets) }

  private final class State: ObservationState {
    let assets: [Int]

    init(assets: [Int]) { self.assets = assets }

    func write(
      _ market: MarketView, _ account: AccountView, into values: inout [Lanes], first: Int, stride: Int
    ) {
      for (index, asset) in assets.enumerated() {
        for group in 0..<market.groups {
          values[group * stride + first + index] = market.signals[asset * market.groups + group]
        }
      }
    }
  }
}
