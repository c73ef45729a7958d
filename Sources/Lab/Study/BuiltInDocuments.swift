// Written by `make built-in`.

/// Documents inside the program, so that a copy of it needs no other file.
package enum BuiltInDocuments {
  /// The study under which a scenario runs alone: `scenarios/studies/default.json`.
  package static let defaultStudy = #"""
    {
      "stresslab": "study/1",
      "$schema": "../schema/study.json",
      "title": "Who survives it, and does a risk overlay help?",
      "severities": [0, 1],
      "ladder": { "severities": [0, 0.5, 0.75, 1, 1.5, 2], "paths": 1000 },
      "whatIf": {
        "figures": {
          "depth": "/assets/*/liquidity/depthTo1Percent",
          "maintenance margin": "/venue/maintenanceMargin",
          "recovery half-life": "/events/*/recovery/halfLife",
          "time of the fall": "/events/*/fall/duration",
          "volatility": "/assets/*/process/annualVolatility"
        },
        "factors": [0.5, 2],
        "paths": 400
      },
      "panel": {
        "hold": { "model": "buyAndHold" },
        "holdTimes4": { "model": "buyAndHold", "leverage": 4 },
        "momentum": { "model": "momentum", "fast": "10 steps", "slow": "50 steps", "leverage": 6 },
        "meanReversion": { "model": "meanReversion", "halfLife": "30 steps", "entry": 2, "exit": 0.5, "leverage": 6 },
        "calmTrained": { "model": "policy", "folder": "(built-in)/agents/calm" },
        "stressTrained": { "model": "policy", "folder": "(built-in)/agents/stress" }
      },
      "risk": {
        "none": { "rules": {} },
        "house": {
          "rules": {
            "volatility": { "model": "volatilityTarget", "annualVolatility": 0.6, "halfLife": "30 steps" },
            "leverage": { "model": "leverageCap", "leverage": 4 },
            "stop": { "model": "stopLoss", "loss": 0.03 },
            "drawdown": { "model": "drawdownLimit", "drawdown": 0.15, "coolDown": "120 steps" }
          }
        }
      },
      "compare": [
        { "desk": "stressTrained/none", "against": "calmTrained/none" },
        { "desk": "stressTrained/none", "against": "calmTrained/house" },
        { "desk": "stressTrained/house", "against": "hold/none" }
      ],
      "ruin": { "equityBelow": 0.5, "monitored": "withinStep" },
      "recovery": { "level": 0.95 },
      "sources": {
        "/panel": { "basis": "judgement", "text": "an example: two holders, two rules of thumb with usual spans and leverage that margin can break, and two trained agents; nothing of them is fitted to this market" },
        "/risk/house": { "basis": "judgement", "text": "rules as a cautious desk might set them, chosen for this example; fitted to nothing" },
        "/ruin": { "basis": "judgement", "text": "half of the start, where many mandates end; another loss: the curve of survival against loss" },
        "/recovery": { "basis": "judgement", "text": "95 % of the level from which a desk fell" }
      },
      "monteCarlo": { "paths": 10000, "seed": 1 }
    }

    """#

  /// A scenario to begin with: `scenarios/templates/scenario.json`.
  package static let scenario = #"""
    {
      "stresslab": "scenario/1",
      "title": "One stock falls",
      "clock": { "step": "1m", "length": "13h", "warmup": "130m", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "16:00", "timeZone": "America/New_York", "daysPerYear": 252 } },
      "assets": {
        "ACME": { "price": 50, "process": { "model": "gbm", "annualDrift": 0, "annualVolatility": 0.3 },
          "liquidity": { "halfSpreadBps": 2, "volumePerDay": 5000000, "depthTo1Percent": 12000, "refillHalfLife": "30s" } }
      },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.25, "maintenanceMargin": 0.1, "latency": "1s" },
      "events": {
        "fall": { "model": "flashCrash", "asset": "ACME", "start": { "between": ["3h", "4h"] },
          "drop": { "low": 0.05, "typical": 0.1, "high": 0.3 }, "fall": { "duration": "10m", "shape": 2 },
          "recovery": { "fraction": 0.5, "halfLife": "20m" },
          "multipliers": { "volatility": 4, "halfSpread": 10, "depth": 0.1, "volume": 3, "halfLife": "30m" } }
      }
    }

    """#

  /// A study to begin with: `scenarios/templates/study.json`.
  package static let study = #"""
    {
      "stresslab": "study/1",
      "title": "Does a stop help a holder?",
      "scenarios": ["scenario.json"],
      "severities": [0, 1],
      "panel": {
        "hold": { "model": "buyAndHold", "leverage": 3 },
        "trend": { "model": "momentum", "fast": "10 steps", "slow": "50 steps", "leverage": 3 }
      },
      "risk": {
        "none": { "rules": {} },
        "stopped": { "rules": { "stop": { "model": "stopLoss", "loss": 0.03 } } }
      },
      "monteCarlo": { "paths": 10000, "seed": 1 }
    }

    """#

  /// An agent to begin with, an entry of a study's panel: `scenarios/templates/agent.json`.
  package static let agent = #"""
    { "model": "momentum", "fast": "10 steps", "slow": "50 steps", "leverage": 3 }

    """#

  /// A training to begin with: `scenarios/templates/training.json`.
  package static let training = #"""
    {
      "stresslab": "training/1",
      "title": "Can a network trade through the fall?",
      "scenarios": [{ "file": "scenario.json", "severities": [0, 1] }],
      "observations": [
        { "model": "return", "bars": 1 },
        { "model": "return", "bars": 10 },
        { "model": "return", "bars": 60 },
        { "model": "position" }
      ],
      "mandate": { "leverage": 3, "deadBand": 0.1 },
      "hyperparameters": {
        "totalSteps": 400000, "environments": 64, "rolloutSteps": 64, "minibatch": 512, "epochs": 4, "discount": 0.999
      },
      "validation": { "paths": 128, "every": 10 },
      "seeds": [1]
    }

    """#

  /// A search to begin with: `scenarios/templates/tuning.json`.
  package static let tuning = #"""
    {
      "stresslab": "tuning/1",
      "title": "Which step size, and how much trading, pays through the fall?",
      "training": "training.json",
      "space": {
        "/hyperparameters/learningRate": { "between": [0.0001, 0.01], "scale": "log" },
        "/mandate/deadBand": { "between": [0, 0.5] }
      },
      "sampler": { "model": "quasiRandom", "trials": 9 },
      "halving": { "factor": 3, "first": 10, "last": 90 },
      "seeds": [1]
    }

    """#
}
