import Documents
import Lanes
import Markets
import Trading

/// Buys its weights times the leverage at t = 0 and holds them: as quantities, or rebalanced to constant weights.
///
/// Without rebalancing leverage drifts with the prices, and a position that a stop or the overlay has closed is bought
/// anew when the overlay allows it. With rebalancing it trades at every close where a weight is more than `band` from
/// its target.
package struct BuyAndHold: Agent {
  /// Gross leverage of the target, at least 0.
  package let leverage: Double
  /// Share of the leverage by asset, signed; equal over all assets when none are given.
  package let weights: AssetWeights
  /// Whether weights are held constant rather than quantities.
  package let rebalance: Bool
  /// How far a weight may drift from its target before it is traded, at least 0.
  package let band: Double

  /// Buy and hold.
  package init(leverage: Double, weights: AssetWeights, rebalance: Bool, band: Double) {
    self.leverage = leverage
    self.weights = weights
    self.rebalance = rebalance
    self.band = band
  }

  static let form = Form(
    Field("leverage", .number(.factor, in: .between(0, 10_000)), default: 1, "gross leverage of the target"),
    Field("weights", .assetWeights, default: .equal, "share of the leverage by asset, signed; equal when left out"),
    Field("rebalance", .boolean, default: false, "hold constant weights rather than constant quantities"),
    Field("band", .number(.fractionOfEquity, in: .between(0, 1e6)), default: 0, "drift of a weight that is left alone"),
    make: BuyAndHold.init)

  package var assetNames: [String] { weights.byAsset.keys.sorted() }
  package var targetLeverage: Double? { leverage }

  package func makeSeat(_ site: DeskSite) -> any Seat {
    BuyAndHoldSeat(
      targets: weights.resolved(site.market.assets).map { $0 * leverage }, band: rebalance ? band : nil,
      groups: site.groups)
  }

  private final class BuyAndHoldSeat: Seat {
    let targets: [Double]
    let band: Double?
    var working: PositionTargets

    init(targets: [Double], band: Double?, groups: Int) {
      self.targets = targets
      self.band = band
      working = PositionTargets(count: targets.count * groups)
    }

    func reset() { working.reset() }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      let weights = targets
      let band = band
      working.decide(account, &decisions) { asset, group, _, isFlat in
        let target = Lanes(weights[asset])
        guard let band else { return (target, isFlat) }
        return (target, isFlat | (abs(account.weight(asset: asset, group: group) - target) .> band))
      }
    }
  }

}
