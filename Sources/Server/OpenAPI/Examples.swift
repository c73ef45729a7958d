import Documents

/// What the OpenAPI document shows of answers.
enum Examples {
  static let documentEntry: JSONValue = [
    "name": "scenarios/flash-crash.json", "kind": "scenario", "title": "Flash crash with partial recovery",
    "description": "A calm market loses about 8% in a few minutes.", "family": "", "digest": "4b227777d4dd1fc6",
  ]

  static let document: JSONValue = [
    "name": "scenarios/flash-crash.json", "kind": "scenario", "title": "Flash crash with partial recovery",
    "description": "A calm market loses about 8% in a few minutes.", "family": "", "digest": "4b227777d4dd1fc6",
    "text": "{ \"stresslab\": \"scenario/1\" }",
  ]

  static let job: JSONValue = [
    "id": "4b227777d4dd1fc6", "kind": "run", "title": "Flash crash with partial recovery", "state": "queued",
    "priority": 0, "created": "2026-01-31T09:30:00.000Z", "started": nil, "ended": nil, "attempts": 0, "exit": nil,
    "message": nil, "output": "reports/flash-crash", "documents": ["scenarios/flash-crash.json"], "resumable": false,
    "stopping": false,
  ]

  static let failure: JSONValue = [
    "error": [
      "code": "invalid", "message": "there is a problem",
      "problems": [
        [
          "file": "scenarios/mine.json", "line": 12, "column": 18, "path": "/events/crash/drop",
          "message": "1.4 is outside 0…1 (fraction of price)", "severity": "error",
        ]
      ],
    ]
  ]
}
