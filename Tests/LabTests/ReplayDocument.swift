import Foundation

/// A market of the recorded daily bars under `fixtures`, as they are, at a venue that asks for fees and nothing else.
enum ReplayDocument {
  static let bars = Installation.repository.appendingPathComponent(
    "fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"
  ).path

  /// The scenario's text.
  ///
  /// - Parameter bars: the file of bars.
  static func scenario(
    _ assets: [(name: String, price: Double)], start: String, steps: Int, feeBps: Double = 0, events: String = "",
    bars: String = bars
  ) -> String {
    let list = assets.map { asset in
      """
      "\(asset.name)": { "price": \(asset.price), "history": "\(asset.name)",
        "liquidity": { "halfSpreadBps": 0, "depthTo1Percent": 1e15, "refillHalfLife": "1s" } }
      """
    }
    return """
      { "stresslab": "scenario/1", "title": "Replay", "description": "Recorded bars as they are.",
        "clock": { "step": "1d", "length": "\(steps)d", "warmup": "60d", "start": "\(start)", "calendar": {
          "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York", "daysPerYear": 252 } },
        "history": { "model": "replay", "file": "\(bars)",
          "columns": { "time": "timestamp", "asset": "symbol", "unadjustedClose": "close_unadjusted" } },
        "assets": { \(list.joined(separator: ", ")) },
        "venue": { "takerFeeBps": \(feeBps), "initialMargin": 0.1, "maintenanceMargin": 0.01, "maximumParticipation": 1 },
        "events": { \(events) } }
      """
  }
}
