import Documents
import Lanes
import Trading

/// 1 where trading in an asset stands still at the close, else 0.
package struct HaltedObservation: Observation {
  static let form = Form<HaltedObservation>(make: { HaltedObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "halted(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    AssetNumbers(site) { market, _, place in select(market.bars[place.index].halted, .one, .zero) }
  }
}
