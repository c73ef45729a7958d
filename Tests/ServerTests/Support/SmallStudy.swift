import Foundation

/// A small scenario and a study of it, written into a workspace: a market of a day with two agents.
enum SmallStudy {
  private static let scenario = """
    { "stresslab": "scenario/1", "title": "Small",
      "clock": { "step": "5m", "length": "6.5h", "warmup": "1h", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "UTC" } },
      "assets": { "A": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.6 },
        "liquidity": { "halfSpreadBps": 1, "volumePerDay": 10000000, "depthTo1Percent": 100000 } } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.125, "maintenanceMargin": 0.05 } }
    """

  /// Writes both into a folder.
  ///
  /// - Returns: the study's name.
  static func write(to folder: URL) throws -> String {
    try Data(scenario.utf8).write(to: folder.appendingPathComponent("small.json"))
    let study = """
      { "stresslab": "study/1", "title": "Small study", "scenarios": ["small.json"], "severities": [1],
        "panel": { "hold": { "model": "buyAndHold", "leverage": 6 }, "flat": { "model": "flat" } },
        "monteCarlo": { "paths": 20000, "seed": 7 } }
      """
    try Data(study.utf8).write(to: folder.appendingPathComponent("study.json"))
    return "study.json"
  }
}
