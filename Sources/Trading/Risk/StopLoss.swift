import Documents
import Lanes

/// A resting stop order at a fraction from each position's entry price, and no new position for a while after it.
///
/// The stop rests at the venue and is watched within steps; what the participation cap leaves of the position the stop
/// goes on selling in the following steps, and orders on their way are void. During the cool-down the asset's position is bounded to flat.
package struct StopLoss: RiskRule {
  /// Distance of the stop from the entry price, a fraction of it, in 0…1.
  package let loss: Double
  /// How long the position stays bounded to flat after a stop; a step at least.
  package let coolDown: TradingSpan

  /// A stop on every position.
  package init(loss: Double, coolDown: TradingSpan) {
    self.loss = loss
    self.coolDown = coolDown
  }

  static let form = Form(
    Field("loss", .number(.fractionOfPrice, in: .above(0, below: 1)), "distance of the stop from the entry price"),
    Field("coolDown", .span, default: .steps(60), "how long the position stays flat after a stop; a step at least"),
    make: StopLoss.init)

  package func makeState(_ site: DeskSite) -> any RiskRuleState {
    State(
      loss: loss, coolDown: max(1, coolDown.stepsCovering(site.market.clock)), assets: site.market.assets.count,
      groups: site.groups)
  }

  private final class State: RiskRuleState {
    let loss: Double
    let coolDown: Int
    /// `[asset * groups + group]`: the first step at whose close the position is free again.
    var freeFrom: ContiguousArray<Lanes>
    let groups: Int

    init(loss: Double, coolDown: Int, assets: Int, groups: Int) {
      self.loss = loss
      self.coolDown = coolDown
      self.groups = groups
      freeFrom = ContiguousArray(repeating: -Lanes.infinity, count: assets * groups)
    }

    func reset() {
      for index in freeFrom.indices { freeFrom[index] = -Lanes.infinity }
    }

    var stopPlacement: StopPlacement { .atFills }

    func placeStops(_ account: AccountView, groups: Range<Int>, _ stops: StopPrices) {
      for asset in 0..<account.assets {
        for group in groups {
          let position = account.positions[asset * account.groups + group]
          let price = position.entryPrice * (1.0 - copySign(of: position.quantity, to: Lanes(loss)))
          stops.place(at: price, on: position, asset: asset, group: group)
        }
      }
    }

    func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {
      freeFrom[asset * groups + group].replace(with: Double(step + coolDown), where: mask)
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountView, _ market: MarketView,
      _ bounds: inout BoundsTile
    ) {
      let now = Lanes(Double(market.step))
      for asset in 0..<account.assets {
        for group in 0..<groups {
          bounds.close(asset: asset, group: group, where: now .< freeFrom[asset * groups + group])
        }
      }
    }
  }
}
