import Lanes

/// The steps in which a desk first passed each threshold, eight paths at a time; −1 while it hasn't. Kept up to ruin.
package struct PassageTimes: Sendable {
  package var cause = Lanes.zero
  package var ruin = Lanes(-1)
  package var liquidation = Lanes(-1)
  package var zeroEquity = Lanes(-1)
  package var equityBelow = Lanes(-1)
  /// First drawdown of 20 % from the peak of closes, within steps.
  package var drawdown20 = Lanes(-1)
  /// First drawdown of 30 %.
  package var drawdown30 = Lanes(-1)

  /// Writes `step` where `mask` is set and nothing was written before.
  @inline(__always)
  static func mark(_ time: inout Lanes, step: Int, where mask: Mask) {
    time.replace(with: Lanes(Double(step)), where: mask & (time .< 0))
  }
}
