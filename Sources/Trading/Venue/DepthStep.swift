import Lanes
import Markets

/// What the depth of an asset's book is to those who trade in it, on eight paths: the same for all desks.
package struct DepthStep: Sendable {
  /// κ = 0.01/depth: impact a unit of quantity, as a fraction of the mid.
  package let impactPerUnit: Lanes
  /// min(1, κ/κ of the step before): what a recovering depth leaves of old impact.
  package let relief: Lanes

  /// A step with so much depth, after another.
  package init(depth: Lanes, after last: DepthStep) {
    impactPerUnit = 0.01 / depth
    relief = min(Lanes.one, impactPerUnit / last.impactPerUnit)
  }

  /// Before the first step: no impact is there that could be left.
  package static var first: DepthStep { DepthStep() }

  private init() {
    impactPerUnit = .infinity
    relief = .one
  }
}

/// Follows the depth of all books of a tile, once a step for all desks.
struct DepthTrack {
  /// `[asset * groups + group]`.
  private(set) var steps: ContiguousArray<DepthStep>

  init(count: Int) { steps = ContiguousArray(repeating: .first, count: count) }

  /// Forgets the last step.
  mutating func reset() {
    for index in steps.indices { steps[index] = .first }
  }

  /// Takes the step's depths up.
  mutating func follow(_ bars: ContiguousArray<AssetStep>) {
    let bars = bars.span
    var steps = steps.mutableSpan
    for index in steps.indices { steps[index] = DepthStep(depth: bars[index].depth, after: steps[index]) }
  }
}
