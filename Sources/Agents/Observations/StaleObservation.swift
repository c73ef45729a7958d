import Documents
import Lanes
import Trading

/// 1 where the venue says that its feed is stale, so that all bars show an old close; else 0.
package struct StaleObservation: Observation {
  static let form = Form<StaleObservation>(make: { StaleObservation() })

  package func names(_ assets: [String]) -> [String] { ["stale"] }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    SingleNumber { market, _, group in select(market.isStale(group: group), .one, .zero) }
  }
}
