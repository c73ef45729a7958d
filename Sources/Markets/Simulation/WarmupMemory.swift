import Documents
import Lanes
import MarketData

/// What a tile keeps of the warm-up: the log price at each of its closes, of each asset and path.
package enum WarmupMemory {
  /// Bytes that one tile may keep.
  private static let most = 1 << 30

  private static func bytesPerGroup(_ clock: Clock, assets: Int) -> Int {
    (clock.warmupSteps + 1) * assets * MemoryLayout<Lanes>.size
  }

  /// The widest tile, in lane groups, that keeps no more than it may; at least one.
  package static func groups(_ market: MarketDescription) -> Int {
    max(1, most / bytesPerGroup(market.clock, assets: market.assets.count))
  }

  /// What is wrong with a warm-up that eight paths can't be kept of; a field of the scenario.
  static func violation(_ clock: Clock, assets: Int) -> FormViolation? {
    guard bytesPerGroup(clock, assets: assets) > most else { return nil }
    return FormViolation(
      "clock/warmup",
      "\(clock.warmupSteps) steps of warm-up for \(assets) asset\(assets == 1 ? "" : "s") are more than are kept, a gigabyte "
        + "for eight paths: a shorter warm-up or longer steps are needed")
  }
}
