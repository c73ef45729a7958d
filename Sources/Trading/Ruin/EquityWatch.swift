import Lanes

/// What a desk's equity does in a leg of a step, on eight paths.
struct EquityWatch {
  /// How many positions are open.
  var open = Lanes.zero
  /// Equity at the leg's start.
  var start: Lanes
  /// Equity at its end.
  var end: Lanes
  /// Lowest equity on the way: on the asset's own extreme with one open position, on the account's bridge with several.
  var low: Lanes
  /// Variance of equity over the leg; 0 with one open position.
  var variance = Lanes.zero
  /// Where ruin stands.
  var levels: RuinLevels
  /// Where it comes.
  var fails = Mask.none
}
