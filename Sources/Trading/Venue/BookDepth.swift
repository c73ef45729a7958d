import Lanes

/// What the depth of an asset's book is to those who trade in it, on eight paths: the same for all desks.
package struct BookDepth: Sendable {
  /// κ = 0.01/depth: impact a unit of quantity, as a fraction of the mid.
  private(set) var impactPerUnit = Lanes.infinity
  /// min(1, κ/κ of the step before): what a recovering depth leaves of old impact.
  private(set) var relief = Lanes.one
  /// What a step leaves of impact, 2^(−step / refill half-life), the half-life being the file's times the events' factor.
  var kept: Lanes

  /// Before the first step: no impact is there that could be left. A step leaves `kept` of it.
  package init(kept: Lanes) { self.kept = kept }

  /// Takes the depth of the next step up.
  @inline(__always)
  package mutating func follow(_ depth: Lanes) {
    let next = 0.01 / depth
    relief = min(Lanes.one, next / impactPerUnit)
    impactPerUnit = next
  }
}
