import Documents
import Lanes
import Markets

/// A resting stop order at a fraction from each position's entry price, and no new position for a while after it.
///
/// The stop rests at the venue and is watched within steps; what the participation cap leaves of the position the stop
/// goes on selling in the following steps, and orders on their way are void. During the cool-down the asset's position is bounded to flat.
package struct StopLoss: RiskRule {
  /// Distance of the stop from the entry price, a fraction of it, in 0…1.
  package let loss: Double
  /// How long the position stays bounded to flat after a stop; a step at least.
  package let coolDown: StepSpan

  /// A stop on every position.
  package init(loss: Double, coolDown: StepSpan) {
    self.loss = loss
    self.coolDown = coolDown
  }

  static let form = Form(
    Field("loss", .number(.fractionOfPrice, in: .above(0, below: 1)), "distance of the stop from the entry price"),
    Field("coolDown", .span, default: .steps(60), "how long the position stays flat after a stop; a step at least"),
    make: StopLoss.init)

  package var stopDistance: Double? { loss }

  package func makeState(_ market: MarketDescription, groups: Int) -> any RiskRuleState {
    State(coolDown: max(1, coolDown.stepsCovering(market.clock)), assets: market.assets.count, groups: groups)
  }

  private final class State: RiskRuleState {
    let coolDown: Int
    /// `[asset * groups + group]`: the first step at whose close the position is free again.
    var freeFrom: ContiguousArray<Lanes>
    let groups: Int

    init(coolDown: Int, assets: Int, groups: Int) {
      self.coolDown = coolDown
      self.groups = groups
      freeFrom = ContiguousArray(repeating: -Lanes.infinity, count: assets * groups)
    }

    func reset() {
      for index in freeFrom.indices { freeFrom[index] = -Lanes.infinity }
    }

    func stopped(asset: Int, group: Int, where mask: Mask, step: Int) {
      freeFrom[asset * groups + group].replace(with: Double(step + coolDown), where: mask)
    }

    func bound(
      _ wanted: ContiguousArray<Lanes>, _ account: AccountTile, _ tile: MarketTile,
      _ bounds: inout ContiguousArray<PositionBounds>
    ) {
      let now = Lanes(Double(tile.step))
      let times = self.freeFrom
      let freeFrom = times.span
      var bounds = bounds.mutableSpan
      for index in bounds.indices { bounds[index].close(where: now .< freeFrom[index]) }
    }
  }
}
