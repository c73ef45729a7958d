import Lanes
import Markets

/// Leads a desk through one part of a step, lane group by lane group: leg by leg where anything may happen, and in a leg
/// from level to level.
///
/// The stops on positions and the ruin watch say where their levels are; of several the one nearest to the price comes
/// first, stop or ruin alike: nearest in equity with one position, which is the same as in price, and in standard deviations
/// with several. A level fills at itself, or at the first price beyond it. After a stop, what is left of the same asset's
/// position goes on along its price; what is left of several positions is watched again from the end of the leg. Where
/// bars have no interior the parts are points, or the whole bar. Agents' own waiting orders come after all of these in their
/// leg, even where their trigger is nearer than ruin.
///
/// Market and watch are handed on rather than kept, so that no array is retained in a step.
struct StepWalk {
  let part: StepPart

  /// Leads the positions of a group through the part.
  @inline(__always)
  func lead(_ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch) {
    let hasWorking = part == .afterArrival && state.resting.hasWorking(group: group)
    guard hasWorking || state.isOpen[group] else { return }
    let legs = market.numbers(of: part, group)
    let leg = Leg(part: part, number: nil)
    let seen = watch.glance(state, part, legs == nil ? leg : nil, market, group)
    let isHeld = state.account.accounts[group].isAlive & seen.isHeld
    if hasWorking {
      // Only a path's own orders bring it closer: none shows what its neighbours wait for.
      let isClose = (seen.mayHappen & isHeld) | state.resting.isWorking(group: group)
      walk(&state, group, market, watch, legs, isClose: isClose)
      return
    }
    let mayHappen = (seen.mayHappen & isHeld).isAny
    let mayMatter = (seen.mayMatter & isHeld).isAny
    if mayHappen || (mayMatter && legs != nil) {
      walk(&state, group, market, watch, legs, isClose: seen.mayHappen & isHeld)
      return
    }
    var low = select(seen.isSeveral, .infinity, seen.low)
    if mayMatter { low = select(seen.isSeveral, watch.low(state, leg, market, group), low) }
    let record = state.records[group].stepMinimum
    state.records[group].stepMinimum = select(isHeld, min(record, low), record)
  }

  /// Goes through the legs of the part.
  @inline(never)
  private func walk(
    _ state: inout DeskState, _ group: Int, _ market: MarketStep, _ watch: RuinWatch, _ numbers: Range<Int>?,
    isClose: Mask
  ) {
    guard let numbers else {
      let leg = Leg(part: part, number: nil)
      LegWalk(leg: leg, isLast: true, isClose: isClose, isOut: market.isOut(leg, group))
        .lead(&state, group, market, watch)
      return
    }
    for number in numbers {
      let leg = Leg(part: part, number: number)
      LegWalk(
        leg: leg, isLast: number == numbers.upperBound - 1, isClose: isClose, isOut: market.isOut(leg, group)
      ).lead(&state, group, market, watch)
    }
  }
}
