import Documents
import Lanes
import Trading

/// The drawdown of equity from its peak at closes, as a fraction of the peak: 0…1, 0.31 is a loss of 31 %. 1 where equity is
/// 0 or less.
package struct DrawdownObservation: Observation {
  static let form = Form<DrawdownObservation>(make: { DrawdownObservation() })

  package func names(_ assets: [String]) -> [String] { ["drawdown"] }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    SingleNumber { _, account, group in
      let own = account.accounts[group]
      return (1 - own.equity / own.peak).cut(to: 0...1)
    }
  }
}
