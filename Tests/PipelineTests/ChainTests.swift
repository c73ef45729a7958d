import Documents
import Foundation
import Pipeline
import Testing

/// Documents that rest on bars of the data folder.
enum ChainDocuments {
  /// A market of recorded hours.
  static func scenario(of file: String) -> String {
    """
    { "stresslab": "scenario/1", "title": "Recorded",
      "clock": { "step": "1h", "length": "1d", "warmup": "3d", "start": "2024-01-03", "calendar": { "model": "continuous" } },
      "history": { "model": "stationaryBootstrap", "file": "\(file)", "meanBlock": "6h" },
      "assets": { "BTC": { "price": 100, "history": "BTC",
        "liquidity": { "halfSpreadBps": 1, "depthTo1Percent": 1e5, "refillHalfLife": "20s" } } },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.5, "maintenanceMargin": 0.05 } }
    """
  }

  /// A short training on the scenario `s.json`.
  static let training = """
    { "stresslab": "training/1", "title": "Taught", "scenarios": [{ "file": "s.json", "severities": [0] }],
      "assets": ["BTC"], "observations": [{ "model": "return", "bars": 1 }, { "model": "position" }],
      "mandate": { "leverage": 1 }, "hidden": [4],
      "hyperparameters": { "totalSteps": 512, "environments": 8, "rolloutSteps": 32, "minibatch": 128, "epochs": 1 },
      "validation": { "paths": 8, "every": 2 }, "seeds": [3] }
    """

  /// A short search over the training `t.json`.
  static let tuning = """
    { "stresslab": "tuning/1", "title": "Small", "training": "t.json",
      "space": { "/hyperparameters/learningRate": { "values": [0.001, 0.01] } }, "sampler": { "model": "grid" },
      "halving": { "factor": 2, "first": 2, "last": 4 }, "seeds": [3], "test": { "paths": 8 } }
    """
}

/// All the way of bars, command by command: from an exchange to an agent that was trained on them.
@Suite("From an exchange to an agent", .enabled(if: LocalExchange.isThere, "no python3"))
struct ChainTests {
  @Test("bars come home, become features and a fit, and an agent is trained on them by their name")
  func whole() throws {
    let data = try TemporaryData()
    let world = try World(gaps: [])
    func run(_ arguments: String...) throws -> DataProgram.Result {
      let result = try DataProgram.run(arguments, in: data)
      #expect(result.code == 0, "\(arguments): \(result.error)")
      return result
    }
    let name = "data:binance/BTC-USDT/1h"
    let collected = try run(
      "collect", "binance", "BTC/USDT", "1h", "--from", "2020-01-01", "--to", "2020-02-29", "--address",
      "\(world.address)")
    #expect(collected.output.hasPrefix("binance BTC/USDT 1h: 1440 bars"))
    #expect(collected.output.hasSuffix("\n  check      nothing found\n"), "\(collected.output)")
    let features = try run("features", name, "--set", "classic44", "--as", "classic")
    #expect(features.output.hasSuffix("classic v1: 44 columns × 1440 rows, csv\n"))
    let fit = try run("fit", name, "--process", "gbm")
    #expect(fit.output.hasPrefix("\(name): 1439 log returns of 1h bars"), "\(fit.output)")
    for (file, text) in [("s.json", ChainDocuments.scenario(of: name)), ("taught.json", ChainDocuments.training)] {
      try Data(text.utf8).write(to: data.url.appendingPathComponent(file))
    }
    let trained = try run("train", "taught.json")
    #expect(trained.output.hasSuffix("taught:1 is the candidate in tracking/models\n"), "\(trained.output)")
    let agents = try DocumentParser.parse(Array(run("agents", "list", "--json").output.utf8), file: "o").root
    #expect(agents.elements?.map { $0["name"]?.string } == ["taught"])
    #expect(agents.elements?.first?["aliases"]?.elements?.map(\.string) == ["candidate"])
    // The record of the training has the bars by their name and their bytes.
    let record = try DocumentParser.parse(Array(run("track", "show", "taught/seed-3", "--json").output.utf8), file: "o")
    let bars = try #require(record.root["datasets"]?.elements?.first { $0["source"]?.string == name })
    let processed = try #require(try DataEntry(MadeCandles.name(), in: data.folder)?.processed)
    #expect(bars["sha256"]?.string == processed.sha256)
    #expect(try run("data", "verify").output == "3 files as written, 0 not\n")
  }
}
