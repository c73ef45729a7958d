import Documents
import Lanes
import Trading

/// The share that is left of each position that the account starts with, what is on its way counted as done: 1 at t = 0, in
/// −10…10. 0 of an asset that it does not start with.
package struct RemainingObservation: Observation {
  static let form = Form<RemainingObservation>(make: { RemainingObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "remaining(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    let desk = site.desk
    return AssetNumbers(site) { market, account, place in
      let weight = desk.openingWeights.isEmpty ? 0 : desk.openingWeights[place.asset]
      guard weight != 0 else { return .zero }
      let start = weight * account.startEquity / desk.market.initialPrices[place.asset]
      let position = account.positions[place.index]
      return ((position.quantity + position.outstanding) * (1 / start)).cut(to: -10...10)
    }
  }
}
