import Lanes

/// Where the equity of an account with several positions has its low in a step, given the prices at the ends of its two
/// parts: −2 ln U for one uniform U a part and path, the same for all desks.
///
/// A bridge of variance v from a to b has its low at ½(a + b − √((b − a)² + v·(−2 ln U))).
@frozen @usableFromInline
package struct BridgeDraws: Sendable, Equatable {
  /// −2 ln U for the part from open to arrival; 0 where that part is empty.
  @usableFromInline package var before: Lanes
  /// −2 ln U for the part from arrival to close.
  @usableFromInline package var after: Lanes

  /// The bridge stays above its lower end.
  package static var none: BridgeDraws { BridgeDraws(before: .zero, after: .zero) }

  /// States the draws of both parts.
  package init(before: Lanes, after: Lanes) {
    self.before = before
    self.after = after
  }
}
