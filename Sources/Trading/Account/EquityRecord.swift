import Lanes

/// How low a desk's equity has been on eight paths, and for how long.
struct EquityRecord: Sendable {
  /// The lowest equity, within steps or at closes as the study watches ruin.
  var minimum: Lanes
  /// The lowest equity within the present step; +∞ before anything was watched.
  var stepMinimum = Lanes.infinity
  /// Largest drawdown from the peak, at closes, as a fraction.
  var maximumDrawdown = Lanes.zero
  /// Closes in a row under the peak, the present one included; up to ruin.
  var spellUnderWater = Lanes.zero
  /// The longest of such spells.
  var longestUnderWater = Lanes.zero
  /// What the account owes after ruin or closing out, at least 0.
  var deficit = Lanes.zero
  /// What was held when the account was closed, Σ|q|·P at the prices of t = 0.
  var unfinished = Lanes.zero

  init(equity: Lanes) { minimum = equity }
}
