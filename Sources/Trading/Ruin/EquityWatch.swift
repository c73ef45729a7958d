import Lanes

/// What a desk's equity does in a part of a step, on eight paths.
struct EquityWatch {
  /// How many positions are open.
  var open = Lanes.zero
  /// Equity at the part's start.
  var start: Lanes
  /// Equity at its end.
  var end: Lanes
  /// Lowest equity on the way: on the asset's own extreme with one open position, on the bridge of equity with several.
  var low: Lanes
  /// Variance of equity over the part; 0 with one open position.
  var variance = Lanes.zero
  /// Where ruin stands.
  var levels: RuinLevels
}
