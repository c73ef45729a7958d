import Documents
import Lanes
import Trading

/// What the open position in each asset has earned since it was entered, q·(X − mean entry price)/E, as a fraction of
/// equity; costs are left out. 0 where nothing is held or the desk may not trade.
///
/// In −10…10, and cut there.
package struct UnrealisedProfitObservation: Observation {
  static let form = Form<UnrealisedProfitObservation>(make: { UnrealisedProfitObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "unrealisedProfit(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    AssetNumbers(site) { _, account, place in
      let position = account.positions[place.index]
      let profit = position.quantity * (position.mark - position.entryPrice)
      return (profit * account.accounts[place.group].perEquity).cut(to: -10...10)
    }
  }
}
