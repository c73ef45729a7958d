import Foundation

import Server

extension TestServer {
  /// Puts bars of an hour that come round the clock into the data folder, as `data:kraken/BTC-USD/1h`; moves follow from a seed.
  ///
  /// - Parameter missing: places of bars that are left out.
  func putBars(_ count: Int, seed: UInt64 = 1, missing: Set<Int> = [], lastVolatility: Double = 0.006) throws {
    var random = Seeded(seed)
    var price = 30_000.0
    let time = ISO8601DateFormatter()
    var text = "time,open,high,low,close,volume\n"
    for number in 0..<count {
      let volatility = number < count - 24 ? 0.006 : lastVolatility
      let open = price
      price *= exp(volatility * random.normal())
      let high = max(open, price) * exp(0.3 * volatility * abs(random.normal()))
      let low = min(open, price) * exp(-0.3 * volatility * abs(random.normal()))
      let volume = 100 * exp(0.2 * random.normal())
      guard !missing.contains(number) else { continue }
      // 2025-01-01, midnight.
      let date = time.string(from: Date(timeIntervalSince1970: 1_735_689_600 + 3600 * Double(number)))
      text += "\(date),\(open),\(high),\(low),\(price),\(volume)\n"
    }
    try put(text, "data/processed/kraken/BTC-USD/1h.csv")
  }

  /// A study with two agents and a profile that binds.
  func putPaperStudy() throws {
    try put(
      """
      {
        "stresslab": "study/1", "title": "Paper", "severities": [1],
        "panel": {
          "hold": { "model": "buyAndHold" },
          "momentum": { "model": "momentum", "fast": "5 steps", "slow": "20 steps", "leverage": 6 }
        },
        "risk": { "house": { "rules": { "leverage": { "model": "leverageCap", "leverage": 2 } } } },
        "monteCarlo": { "paths": 8, "seed": 1 }
      }
      """, "scenarios/studies/paper.json")
  }

  /// The text of a monitor.
  static func monitor(agent: String = "momentum", more: String = "") -> String {
    """
    { "agent": "\(agent)", "study": "scenarios/studies/paper.json", "risk": "house", "data": "kraken/BTC-USD/1h",
      "window": 100, "warmup": 48\(more) }
    """
  }
}
