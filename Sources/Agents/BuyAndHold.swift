import Documents
import Lanes
import Markets
import Trading

/// Buys its weights times the leverage at t = 0 and holds them: as quantities, or rebalanced to constant weights.
///
/// Without rebalancing leverage drifts with the prices, and a position that a stop or the overlay has closed is bought
/// anew when the overlay allows it. With rebalancing it trades at every close where a weight is more than `band` from
/// its target.
///
/// In an account that starts with positions the weights are theirs unless others are given, and so is the leverage: it
/// holds what is held.
package struct BuyAndHold: Agent {
  /// Gross leverage of the target, at least 0; nil for 1, or that of the positions whose weights are taken.
  package let leverage: Double?
  /// Share of the leverage by asset, signed; where none are given those of the positions that the account starts with, or
  /// equal over all assets.
  package let weights: AssetWeights
  /// Whether weights are held constant rather than quantities.
  package let rebalance: Bool
  /// How far a weight may drift from its target before it is traded, at least 0.
  package let band: Double

  /// Buy and hold.
  package init(leverage: Double?, weights: AssetWeights, rebalance: Bool, band: Double) {
    self.leverage = leverage
    self.weights = weights
    self.rebalance = rebalance
    self.band = band
  }

  static let form = Form(
    Field(
      "leverage",
      .optional(.number(.factor, in: .between(0, 10_000))).told { $0 == nil ? "1" : nil },
      default: .some(nil),
      "gross leverage of the target; left out: 1, or that of the positions that the account starts with"),
    Field(
      "weights", .assetWeights, default: .equal,
      "share of the leverage by asset, signed; left out: equal, or those of the positions that the account starts with"),
    Field("rebalance", .boolean, default: false, "hold constant weights rather than constant quantities"),
    Field("band", .number(.fractionOfEquity, in: .between(0, 1e6)), default: 0, "drift of a weight that is left alone"),
    make: BuyAndHold.init)

  /// Whether it takes the weights of the positions that an account starts with, where it does.
  package var takesOpening: Bool { weights == .equal }

  package var assetNames: [String] { weights.byAsset.keys.sorted() }
  package var targetLeverage: Double? { leverage }

  package func makeSeat(_ site: DeskSite) -> any Seat {
    let takesOpening = takesOpening && !site.openingWeights.isEmpty
    let shares = takesOpening ? site.openingWeights : weights.resolved(site.market.assets)
    let gross = shares.reduce(0) { $0 + abs($1) }
    let scale = takesOpening ? leverage.map { $0 / gross } ?? 1 : leverage ?? 1
    return BuyAndHoldSeat(
      targets: shares.map { $0 * scale }, band: rebalance ? band : nil,
      keepsOpening: takesOpening && leverage == nil, groups: site.groups)
  }

  private final class BuyAndHoldSeat: Seat {
    let targets: [Double]
    let band: Double?
    /// Whether what the account starts with is what is wanted, to the last unit.
    let keepsOpening: Bool
    var hasDecided = false
    var working: PositionTargets

    init(targets: [Double], band: Double?, keepsOpening: Bool, groups: Int) {
      self.targets = targets
      self.band = band
      self.keepsOpening = keepsOpening
      working = PositionTargets(count: targets.count * groups)
    }

    func reset() {
      working.reset()
      hasDecided = false
    }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      if keepsOpening, !hasDecided { working.take(account) }
      hasDecided = true
      let weights = targets
      let band = band
      working.decide(account, &decisions) { asset, group, quantity, isFlat in
        let target = Lanes(weights[asset])
        // What an account starts with is nothing that was decided on.
        let renews = isFlat | (quantity .== 0)
        guard let band else { return (target, renews) }
        return (target, renews | (abs(account.weight(asset: asset, group: group) - target) .> band))
      }
    }
  }

}
