import Documents

extension Examples {
  static let agent: JSONValue = [
    "name": "calm", "version": 1, "aliases": ["candidate", "champion"], "sha256": "9f86d081884c7d65",
    "weights": "60303ae22b998861", "folder": "tracking/models/calm/1", "added": "2026-01-31 09:30:00Z",
    "run": "0f3a9c52b1d84e7a", "documents": "fd61a03af4f77d87", "validation": "growth 0.084 (most is best)",
  ]

  static let agentDetails: JSONValue = [
    "name": "calm", "version": 1, "aliases": ["champion"], "sha256": "9f86d081884c7d65", "weights": "60303ae22b998861",
    "folder": "tracking/models/calm/1", "added": "2026-01-31 09:30:00Z", "run": nil, "documents": nil,
    "validation": nil,
    "trainedOn": [], "results": [], "checks": [],
    "decisions": [
      ["alias": "champion", "time": "2026-01-31 10:00:00Z", "isForced": false, "reason": "not worse in gate"]
    ],
  ]

  static let runRecord: JSONValue = [
    "run": "0f3a9c52b1d84e7a", "kind": "training", "name": "calm/seed-1", "status": "finished", "parent": nil,
    "began": "2026-01-31 09:30:00Z", "ended": "2026-01-31 09:31:12Z", "parameters": ["seed": "1"],
    "tags": ["training": "calm"], "metrics": ["bestValidation": 0.084], "datasets": [], "artefacts": [],
  ]

  static let dataset: JSONValue = [
    "name": "kraken/BTC-USD/1h", "source": "kraken BTC/USD 1h", "rawRows": 8760, "rawBytes": 650000,
    "rawFiles": [], "rawDigest": "4b227777d4dd1fc6", "isCurrent": true, "features": [],
  ]
}
