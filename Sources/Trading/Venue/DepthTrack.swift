import Lanes
import Markets

/// Follows the depth of all books of a tile, once a step for all desks.
struct DepthTrack {
  /// `[asset * groups + group]`.
  private(set) var steps: ContiguousArray<BookDepth>

  init(count: Int) { steps = ContiguousArray(repeating: .first, count: count) }

  /// Forgets the last step.
  mutating func reset() {
    for index in steps.indices { steps[index] = .first }
  }

  /// Takes the step's depths up.
  mutating func follow(_ bars: ContiguousArray<AssetStep>) {
    let bars = bars.span
    var steps = steps.mutableSpan
    for index in steps.indices { steps[index] = BookDepth(depth: bars[index].depth, after: steps[index]) }
  }
}
