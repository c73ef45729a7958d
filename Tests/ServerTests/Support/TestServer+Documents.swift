import Foundation
import Server

extension TestServer {
  /// A scenario that runs, with a title and a description of its own.
  static func scenario(title: String, description: String = "", length: String = "13h") -> String {
    """
    {
      "stresslab": "scenario/1",
      "title": \(quoted(title)),
      "description": \(quoted(description)),
      "clock": {
        "step": "1m", "length": "\(length)", "warmup": "130m", "start": "2024-01-03",
        "calendar": {
          "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York", "daysPerYear": 252
        }
      },
      "assets": {
        "ACME": {
          "price": 50, "process": { "model": "gbm", "annualVolatility": 0.3 },
          "liquidity": {
            "halfSpreadBps": 2, "volumePerDay": 5000000, "depthTo1Percent": 12000, "refillHalfLife": "30s"
          }
        }
      },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.25, "maintenanceMargin": 0.1 }
    }
    """
  }

  /// A study of two agents behind one profile, at one severity, without a ladder and what-ifs.
  static func study(title: String, scenarios: [String], criteria: String = "[]") -> String {
    """
    {
      "stresslab": "study/1",
      "title": \(quoted(title)),
      "scenarios": [\(scenarios.map(quoted).joined(separator: ", "))],
      "severities": [1],
      "panel": { "hold": { "model": "buyAndHold" }, "rest": { "model": "flat" } },
      "risk": { "careful": { "rules": { "stop": { "model": "stopLoss", "loss": 0.03 } } } },
      "criteria": \(criteria),
      "monteCarlo": { "paths": 64, "seed": 7 }
    }
    """
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }

  /// A page, as a browser asks for it.
  func page(_ path: String) async throws -> Answer { try await send(.get, path, headers: ["Accept": "text/html"]) }
}

extension String {
  /// What a browser makes of the page's text.
  var unescaped: String {
    replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
      "&#39;", with: "'"
    )
    .replacing("&amp;", with: "&")
  }

  /// What stands between two texts, first after first.
  func between(_ start: String, _ end: String) -> String? {
    guard let from = range(of: start), let to = range(of: end, range: from.upperBound..<endIndex) else { return nil }
    return String(self[from.upperBound..<to.lowerBound])
  }
}
