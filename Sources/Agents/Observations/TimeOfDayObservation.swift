import Documents
import Lanes
import MarketData
import Trading

/// The share of the session that is over at the close, or of the day where trading is continuous; above 0, and 1 at its end.
package struct TimeOfDayObservation: Observation {
  static let form = Form<TimeOfDayObservation>(make: { TimeOfDayObservation() })

  package func names(_ assets: [String]) -> [String] { ["timeOfDay"] }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    SingleNumber { market, _, _ in
      let perDay = market.terms.clock.stepsPerDay
      return Lanes(Double(market.step.floorModulo(perDay) + 1) / Double(perDay))
    }
  }
}
