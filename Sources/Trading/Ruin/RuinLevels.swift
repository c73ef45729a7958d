import Lanes

/// The equities at which a desk is ruined on eight paths, cause by cause. Going down, the largest comes first.
struct RuinLevels {
  /// The equity at which the venue liquidates; −∞ where it can't.
  var liquidation: Lanes
  /// The study's level; −∞ where it isn't watched.
  var equityBelow: Lanes
  /// 0, or −∞ where it isn't watched.
  var zeroEquity: Lanes

  /// The one that comes first.
  @inline(__always)
  var first: Lanes { max(liquidation, max(equityBelow, zeroEquity)) }

  /// The cause's raw value: the nearest level's; a tie goes to the venue, then to the study's level.
  @inline(__always)
  var cause: Lanes {
    let first = first
    var cause = Lanes(Double(RuinCause.zeroEquity.rawValue))
    cause.replace(with: Lanes(Double(RuinCause.equityBelow.rawValue)), where: equityBelow .>= first)
    cause.replace(with: Lanes(Double(RuinCause.liquidation.rawValue)), where: liquidation .>= first)
    return cause
  }
}
