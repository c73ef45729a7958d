import Lanes

/// What an agent wants of one asset, eight paths at a time.
@frozen
package struct Decision: Sendable {
  /// The target weight q·X/E: signed, 1 is the whole equity, negative is short.
  package var weight: Lanes
  /// Where false the agent leaves the position as it is, and no order is sent. An agent that wants nothing acts with a
  /// weight of 0 even where it holds nothing: a rule that waits for its target to turn hears it.
  package var acts: Mask

  /// Asks for a weight where `acts` is set.
  @inlinable @inline(__always)
  package init(weight: Lanes, acts: Mask) {
    self.weight = weight
    self.acts = acts
  }

  /// Leaves the position as it is on every path.
  @inlinable @inline(__always)
  package static var hold: Decision { Decision(weight: .zero, acts: .none) }
}
