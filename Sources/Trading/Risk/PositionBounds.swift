import Lanes

/// Bounds on the position in one asset, as weights q·X/E; eight paths at a time. Flat is always allowed.
@frozen
package struct PositionBounds: Sendable {
  /// The smallest weight allowed; at most 0.
  package var lower: Lanes
  /// The largest weight allowed; at least 0.
  package var upper: Lanes

  /// No bound at all.
  @inlinable @inline(__always)
  package static var unbounded: PositionBounds { PositionBounds(lower: -Lanes.infinity, upper: Lanes.infinity) }

  /// Bounds from a lower and an upper weight.
  @inlinable @inline(__always)
  package init(lower: Lanes, upper: Lanes) {
    self.lower = lower
    self.upper = upper
  }

  /// Narrows to weights between flat and `weight`.
  @inlinable @inline(__always)
  package mutating func narrow(to weight: Lanes) {
    lower = max(lower, min(weight, .zero))
    upper = min(upper, max(weight, .zero))
  }

  /// Allows nothing but flat where `mask` is set.
  @inlinable @inline(__always)
  package mutating func close(where mask: Mask) {
    lower.replace(with: .zero, where: mask)
    upper.replace(with: .zero, where: mask)
  }
}
