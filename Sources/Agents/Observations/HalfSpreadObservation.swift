import Documents
import Lanes
import Trading

/// Half of each asset's bid-ask spread at the close, in basis points of the mid; in 0…10,000.
///
/// Before the first step of a market without warm-up it is the one of calm times.
package struct HalfSpreadObservation: Observation {
  static let form = Form<HalfSpreadObservation>(make: { HalfSpreadObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "halfSpread(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    AssetNumbers(site) { market, _, place in
      guard market.hasBars else { return Lanes(market.terms.liquidity[place.asset].halfSpreadBps) }
      return (market.bars[place.index].halfSpread * 10_000).cut(to: 0...10_000)
    }
  }
}
