import Foundation

/// A small scenario and study, written into a folder: a session of 78 steps with a crash in it.
enum SmallScenario {
  static let crash = """
    "crash": { "model": "flashCrash", "asset": "AAA", "start": { "between": ["1h", "2h"] },
      "drop": { "low": 0.05, "typical": 0.15, "high": 0.3 }, "fall": { "duration": "15m", "shape": 1.5 },
      "recovery": { "fraction": { "between": [0.3, 0.9] }, "halfLife": "30m" },
      "contagion": { "BBB": { "beta": 0.7, "lag": "5m" } },
      "multipliers": { "volatility": 3, "halfSpread": 8, "depth": 0.2, "volume": 3, "halfLife": "30m" } }
    """

  /// The scenario's text.
  static func scenario(events: String = crash, length: String = "6.5h") -> String {
    """
    { "stresslab": "scenario/1", "title": "Small",
      "clock": { "step": "5m", "length": "\(length)", "warmup": "1h", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York" } },
      "assets": {
        "AAA": { "price": 100, "process": { "model": "gbm", "annualVolatility": 0.4 },
          "liquidity": { "halfSpreadBps": 1, "volumePerDay": 10000000, "depthTo1Percent": 100000,
            "refillHalfLife": "20s" } },
        "BBB": { "price": 50, "process": { "model": "merton", "annualVolatility": 0.4, "jumpsPerYear": 20,
            "meanJump": -0.01, "jumpVolatility": 0.03 },
          "liquidity": { "halfSpreadBps": 2, "volumePerDay": 8000000, "depthTo1Percent": 80000,
            "refillHalfLife": "20s" } } },
      "dependence": { "model": "gaussian", "correlations": { "AAA/BBB": 0.5 } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.125, "maintenanceMargin": 0.05, "latency": "30s" },
      "events": { \(events) } }
    """
  }

  /// A study of it: three agents, two risk profiles.
  static func study(scenarios: [String] = ["small.json"], severities: String = "[0, 1]", paths: Int = 200) -> String {
    """
    { "stresslab": "study/1", "title": "Small study", "scenarios": [\(scenarios.map { "\"\($0)\"" }.joined(separator: ", "))],
      "severities": \(severities),
      "panel": { "hold": { "model": "buyAndHold", "leverage": 6 }, "flat": { "model": "flat" },
        "trend": { "model": "momentum", "fast": "2 steps", "slow": "8 steps", "leverage": 5 } },
      "risk": { "none": { "rules": {} }, "house": { "rules": {
        "stop": { "model": "stopLoss", "loss": 0.05, "coolDown": "6 steps" },
        "cap": { "model": "leverageCap", "leverage": 3 } } } },
      "monteCarlo": { "paths": \(paths), "seed": 7 } }
    """
  }

  /// Writes both into a folder and returns the study's path.
  static func write(
    to folder: TemporaryFolder, severities: String = "[0, 1]", paths: Int = 200, length: String = "6.5h"
  ) throws -> String {
    try folder.write("small.json", scenario(length: length))
    return try folder.write("study.json", study(severities: severities, paths: paths))
  }
}
