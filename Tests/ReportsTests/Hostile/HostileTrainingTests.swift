import Agents
import Documents
import Foundation
import Learning
import Randomness
import Testing
import Training

/// Legal training documents with extreme numbers: each makes an update and a validation, or is refused in words.
@Suite("Trainings made from the schema")
struct HostileTrainingTests {
  private static let schema = DocumentKind.training.schema

  /// Which are run; `STRESSLAB_FUZZ` may name others as `first..<end`.
  private static let wanted: Range<Int> = {
    let words = ProcessInfo.processInfo.environment["STRESSLAB_FUZZ"]?.components(separatedBy: "..<").compactMap {
      Int($0)
    }
    guard let words, words.count == 2 else { return 0..<100 }
    return words[0]..<words[1]
  }()

  /// Three assets, of which the first shows a signal; half an hour after half an hour of warm-up.
  private static let scenario: String = {
    let liquidity = #""liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 10000 }"#
    return """
      { "stresslab": "scenario/1", "title": "Three",
        "clock": { "step": "1m", "length": "30m", "warmup": "30m", "calendar": { "model": "continuous" } },
        "assets": { "AAA": { "price": 100, "process": { "model": "predictableReturns", "annualVolatility": 0.3,
            "signal": { "deviation": 30, "halfLife": "20m" } }, \(liquidity) },
          "B b": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.5 }, \(liquidity) },
          "Ü": { "price": 1, "process": { "model": "gbm", "annualVolatility": 5 }, \(liquidity) } },
        "venue": { "takerFeeBps": 1, "initialMargin": 0.1, "maintenanceMargin": 0.05, "latency": "1s" },
        "events": { "crash": { "model": "flashCrash", "asset": "AAA", "start": { "between": ["5m", "10m"] }, "drop": 0.3,
          "fall": { "duration": "3m" }, "recovery": { "fraction": 0.5, "halfLife": "5m" } } } }
      """
  }()

  /// What a test has time and memory for: two updates of 64 steps, and layers of a few units.
  private static func small(_ document: JSONValue) -> JSONValue {
    var document = document
    for part in ["hyperparameters", "validation"] where document[part] == nil {
      document = document.with([part], .object([]))
    }
    for (key, value) in [
      ("totalSteps", 128), ("environments", 16), ("rolloutSteps", 4), ("minibatch", 48), ("epochs", 2),
    ] {
      document = document.with(["hyperparameters", key], .integer(value))
    }
    document = document.with(["hidden"], [.integer(3), .integer(2)])
    if case .array(let observations)? = document["observations"] {
      // The warm-up is half an hour.
      for index in observations.indices {
        if case .integer(let bars)? = observations[index]["bars"] {
          document = document.with(["observations", "\(index)", "bars"], .integer(min(bars, 1 + bars % 25)))
        }
        if case .number(let halfLife)? = observations[index]["halfLife"], halfLife > 25 {
          document = document.with(["observations", "\(index)", "halfLife"], .number(25))
        }
      }
    }
    return document.with(["validation", "paths"], .integer(9)).with(["validation", "every"], .integer(1))
      .with(["seeds"], [.integer(1)])
  }

  /// A document of a seed, mended where the program says that something is wrong.
  private func document(_ seed: Int, in folder: String) throws -> (file: TrainingFile?, refusal: String) {
    var chance = SplitMix64(seed: UInt64(seed))
    let wildness = [0.02, 0.05, 0.1, 0.2, 0.5][Int(chance.next() % 5)]
    let isMended = chance.next() % 5 != 0
    var sample = SchemaSample(Self.schema, seed: chance.next(), wildness: wildness)
    sample.names.bars = "scenario.json"
    var document = sample.document()
    var refusal = ""
    for _ in 0..<30 {
      if isMended { document = Self.small(document) }
      let path = "\(folder)/training.json"
      try document.text.write(toFile: path, atomically: false, encoding: .utf8)
      do throws(Problems) {
        let file = try TrainingFile(reading: path)
        guard !isMended else { return (file, "") }
        // What was not mended may want more than a test has: it is enough that it was read.
        return (nil, "not run")
      } catch {
        refusal = error.description
        guard isMended else { break }
        for problem in error.all { document = sample.mended(document, at: JSONPointer.components(problem.path)) }
      }
    }
    return (nil, refusal)
  }

  @Test("learn for an update or are refused in words, and what they leave is numbers")
  func run() throws {
    let folder = NSTemporaryDirectory() + "hostile-training-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.scenario.write(toFile: folder + "/scenario.json", atomically: false, encoding: .utf8)
    var legal = 0
    var diverged = 0
    for seed in Self.wanted {
      let (file, refusal) = try document(seed, in: folder)
      guard let file else {
        #expect(!refusal.isEmpty, "document \(seed)")
        continue
      }
      legal += 1
      let out = "\(folder)/out"
      do {
        let ending = try Training(file, seed: 1, folder: out).run(
          threads: 1, resume: false, overwrite: false, origin: "test", shouldStop: { false }, report: { _ in })
        guard case .finished = ending else {
          Issue.record("document \(seed) did not finish")
          continue
        }
        _ = try SavedAgent.read(out)
        let log = try String(contentsOfFile: out + "/training.csv", encoding: .utf8)
        #expect(!log.lowercased().contains("nan") && !log.contains("inf"), "document \(seed): \(log)")
      } catch is DivergedTraining {
        // Said in words, of rates and weights as large as can be.
        diverged += 1
      } catch {
        Issue.record("document \(seed), which was found good: \(error)")
      }
      try? FileManager.default.removeItem(atPath: out)
    }
    #expect(5 * legal >= 3 * Self.wanted.count && 10 * diverged < Self.wanted.count)
    print("\(legal) of \(Self.wanted.count) trainings made from the schema are legal; \(diverged) of them diverged")
  }
}
