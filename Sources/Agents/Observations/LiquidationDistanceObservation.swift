import Documents
import Lanes
import Trading

/// By how much equity may fall until the venue's maintenance margin m is reached, as a fraction of equity, where all prices
/// move against what is held by the same fraction f: with the gross and net value G and N of what is held and equity E,
/// E − f·G = m·(G − f·N), the prices that may be negative left out of N, so that the fall is f·G/E = (1 − m·G/E) / (1 − m·N/G).
///
/// In 0…1: 0 where the margin is reached already or the desk may not trade, 1 where nothing is held, or no fall of prices to
/// 0 reaches it. The margin is the venue's in calm times, and the desk's own pressure on prices is left out.
package struct LiquidationDistanceObservation: Observation {
  static let form = Form<LiquidationDistanceObservation>(make: { LiquidationDistanceObservation() })

  package func names(_ assets: [String]) -> [String] { ["distanceToLiquidation"] }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    let margin = site.desk.market.venue.maintenanceMargin
    return SingleNumber { _, account, group in
      let (gross, net) = account.exposure(group: group)
      let perEquity = account.accounts[group].perEquity
      let fall = (1 - margin * gross * perEquity) / (1 - margin * net / gross)
      let distance = select(gross .> 0, fall.cut(to: 0...1), .one)
      return select(perEquity .> 0, distance, .zero)
    }
  }
}
