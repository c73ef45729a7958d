import Documents
import Trading

/// The weight q·X/E of the position in each asset, and of what is on its way; 0 where the desk may not trade.
///
/// In −10,000…10,000, the largest leverage that a mandate can have, and cut there: a loss that leaves next to no equity
/// makes any weight.
package struct PositionObservation: Observation {
  static let form = Form<PositionObservation>(make: { PositionObservation() })

  package func names(_ assets: [String]) -> [String] { assets.map { "position(\($0))" } }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    AssetNumbers(site) { _, account, place in
      account.weight(asset: place.asset, group: place.group)
        .cut(to: -LeverageObservation.largest...LeverageObservation.largest)
    }
  }
}
