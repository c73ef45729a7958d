import Lanes

/// What the depth of an asset's book is to those who trade in it, on eight paths: the same for all desks.
package struct BookDepth: Sendable {
  /// κ = 0.01/depth: impact a unit of quantity, as a fraction of the mid.
  let impactPerUnit: Lanes
  /// min(1, κ/κ of the step before): what a recovering depth leaves of old impact.
  let relief: Lanes
  /// What a step leaves of impact, 2^(−step / refill half-life), the half-life being the file's times the events' factor.
  let kept: Lanes

  /// A step with so much depth, after another; a step leaves `kept` of impact.
  package init(depth: Lanes, after last: BookDepth, kept: Lanes) {
    impactPerUnit = 0.01 / depth
    relief = min(Lanes.one, impactPerUnit / last.impactPerUnit)
    self.kept = kept
  }

  /// Before the first step: no impact is there that could be left.
  package static var first: BookDepth { BookDepth() }

  private init() {
    impactPerUnit = .infinity
    relief = .one
    kept = .one
  }
}
