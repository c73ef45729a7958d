import Lanes

/// The steps in which a desk first passed each threshold, eight paths at a time; −1 while it hasn't. Kept up to ruin.
struct PassageTimes: Sendable {
  /// Raw value of the `RuinCause`.
  var cause = Lanes.zero
  /// Ruin of any cause.
  var ruin = Lanes(-1)
  /// Liquidation by the venue.
  var liquidation = Lanes(-1)
  /// Equity at or under 0.
  var zeroEquity = Lanes(-1)
  /// Equity at or under the study's level.
  var equityBelow = Lanes(-1)
  /// First drawdown of 20 % from the peak of closes, within steps.
  var drawdown20 = Lanes(-1)
  /// First drawdown of 30 %.
  var drawdown30 = Lanes(-1)

  /// Writes `step` where `mask` is set and nothing was written before.
  @inline(__always)
  static func mark(_ time: inout Lanes, step: Int, where mask: Mask) {
    time.replace(with: Lanes(Double(step)), where: mask & (time .< 0))
  }
}
