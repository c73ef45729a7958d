import Documents
import Lanes
import Trading

/// The logarithm of each asset's depth over that of calm times, `depthTo1Percent`: 0 in calm, −1 where 37 % of it is left.
///
/// In −10…10. Before the first step of a market without warm-up it is 0.
package struct DepthObservation: Observation {
  static let form = Form<DepthObservation>(make: { DepthObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "depth(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    AssetNumbers(site) { market, _, place in
      guard market.hasBars else { return .zero }
      let calm = market.terms.liquidity[place.asset].depthTo1Percent
      return log(market.bars[place.index].depth / calm).cut(to: -10...10)
    }
  }
}
