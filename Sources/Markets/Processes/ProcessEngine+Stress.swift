import Lanes
import Randomness

// Correlations that events blend: of every normal of a sub-step, and of the assets' extremes.

extension ProcessEngine {
  /// Blends the normals of a sub-step; the gap's by what acted before the step.
  func blendInnovations(_ time: VarianceTime, _ dependence: DependenceEffects) {
    if dependence.isActive(part: dependence.part) {
      for index in assets.indices where dependence.touches(index) {
        Self.exchange(&innovations[index], &normals, isOvernight: false)
        blend(.diffusion, time, index, dependence, part: dependence.part)
        Self.exchange(&innovations[index], &normals, isOvernight: false)
      }
    }
    if time.gapYears > 0, dependence.isActive(part: dependence.before) {
      for index in assets.indices where dependence.touches(index) {
        Self.exchange(&innovations[index], &normals, isOvernight: true)
        blend(.overnight, time, index, dependence, part: dependence.before)
        Self.exchange(&innovations[index], &normals, isOvernight: true)
      }
    }
  }

  @inline(never)
  private static func exchange(
    _ innovations: inout ContiguousArray<Innovation>, _ normals: inout ContiguousArray<Lanes>, isOvernight: Bool
  ) {
    for group in normals.indices {
      if isOvernight {
        swap(&innovations[group].overnight, &normals[group])
      } else {
        swap(&innovations[group].diffusion, &normals[group])
      }
    }
  }

  /// Blends the normals of the prices at which orders arrive.
  func blendArrivals(_ time: VarianceTime, _ dependence: DependenceEffects) {
    guard dependence.isActive(part: dependence.part) else { return }
    for index in assets.indices where dependence.touches(index) {
      swap(&normals, &assets[index].arrivals)
      blend(.arrival, time, index, dependence, part: dependence.part)
      swap(&normals, &assets[index].arrivals)
    }
  }

  /// Makes √(1 − s)·Z + Σ √p_k·Z_k of an asset's normals Z, which stand in `normals`.
  private func blend(
    _ draw: StressedDraw, _ time: VarianceTime, _ asset: Int, _ dependence: DependenceEffects, part: Int
  ) {
    Self.keep(asset, dependence, part: part, &normals)
    for target in targets.indices
    where dependence.isUsed(target, part: part) && dependence.targets[target].touches(asset) {
      targets[target].add(draw, time.substep, target, asset, dependence, part: part, to: &normals)
    }
  }

  @inline(never)
  private static func keep(
    _ asset: Int, _ dependence: DependenceEffects, part: Int, _ normals: inout ContiguousArray<Lanes>
  ) {
    for group in normals.indices { normals[group] *= dependence.kept(asset, part: part, group: group) }
  }

  /// Draws the extremes of some legs anew under the targets' dependences, by a lot for each leg.
  ///
  /// What the extremes of two assets have in common is not linear in their blend, and a normal that leans on others has no
  /// place in what each asset's high and low have in common. So in each leg all assets' extremes are drawn either as the
  /// market has them or as a target has them, with the shares that give the blend's correlations (`DependenceTarget.weight`):
  /// each asset's own law stays exact, as under either.
  func stressExtremes(_ time: VarianceTime, hasBefore: Bool, _ dependence: DependenceEffects) {
    let mayTurn = !turned.after.isEmpty
    for place in turned.after.indices { (turned.before[place], turned.after[place]) = (.none, .none) }
    for target in targets.indices where dependence.isUsed(target, part: dependence.part) {
      let law = dependence.targets[target]
      for (index, asset) in assets.enumerated() {
        asset.streams.drawExtremes(time.substep, offset: index * groups, &stressed.before, &stressed.after)
      }
      if hasBefore { law.extremes?.correlate(&stressed.before, groups: groups) }
      law.extremes?.correlate(&stressed.after, groups: groups)
      for index in assets.indices where law.touches(index) {
        for group in 0..<groups {
          let place = index * groups + group
          let lots = lots[group].uniforms52(step: Int32(time.substep))
          let before = dependence.isDrawn(under: target, index, group: group, lot: lots.0)
          let after = dependence.isDrawn(under: target, index, group: group, lot: lots.1)
          draws.before[place].replace(with: stressed.before[place], where: before)
          draws.after[place].replace(with: stressed.after[place], where: after)
          guard mayTurn, law.turns[index] else { continue }
          turned.before[place] |= before
          turned.after[place] |= after
        }
      }
    }
    exchangeTurns()
  }

  /// Hands the masks of turned draws to the bars, or takes them back: where nothing is turned the bars get none.
  func exchangeTurns() {
    swap(&draws.turnedBefore, &turned.before)
    swap(&draws.turnedAfter, &turned.after)
  }

  func isTurned(_ asset: Int, _ group: Int, isBeforeArrival: Bool) -> Mask {
    let masks = isBeforeArrival ? draws.turnedBefore : draws.turnedAfter
    return masks.isEmpty ? .none : masks[asset * groups + group]
  }
}

extension ExtremesDraw {
  @inline(__always)
  fileprivate mutating func replace(with other: ExtremesDraw, where mask: Mask) {
    first = select(mask, other.first, first)
    second = select(mask, other.second, second)
  }
}
