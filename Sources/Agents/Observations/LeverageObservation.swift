import Documents
import Lanes
import Trading

/// Gross leverage Σ|q|·X/E of what the account holds, in all assets; without what is on its way. 0 where the desk may not
/// trade.
///
/// In 0…10,000, the largest leverage that a mandate can have, and cut there.
package struct LeverageObservation: Observation {
  static let form = Form<LeverageObservation>(make: { LeverageObservation() })

  /// The largest leverage, or weight, that is told.
  static let largest = 10_000.0

  package func names(_ assets: [String]) -> [String] { ["leverage"] }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    SingleNumber { _, account, group in
      (account.exposure(group: group).gross * account.accounts[group].perEquity).cut(to: 0...Self.largest)
    }
  }
}

extension AccountView {
  /// The value of all positions at their marks, Σ|q|·X and Σ q·X, in quote currency; where prices may be negative at starting
  /// prices, by which margins then do not move: they are not in the net value.
  func exposure(group: Int) -> (gross: Lanes, net: Lanes) {
    var (gross, net) = (Lanes.zero, Lanes.zero)
    for asset in 0..<assets {
      let value = positions[asset * groups + group].quantity * unitValue(asset: asset, group: group)
      gross += abs(value)
      if !mayBeNegative(asset) { net += value }
    }
    return (gross, net)
  }
}
