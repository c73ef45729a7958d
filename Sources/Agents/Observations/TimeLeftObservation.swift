import Documents
import Lanes
import Trading

/// The share of the horizon that is left for orders: 1 at t = 0, and at the last close at which one can be sent one over the
/// number of such closes.
package struct TimeLeftObservation: Observation {
  static let form = Form<TimeLeftObservation>(make: { TimeLeftObservation() })

  package func names(_ assets: [String]) -> [String] { ["timeLeft"] }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    SingleNumber { market, _, _ in
      Lanes(min(1, Double(market.decisionsLeft) / Double(max(1, market.terms.decisions))))
    }
  }
}
