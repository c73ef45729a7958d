import Foundation
import Lab
import Testing
import Tracking

/// How often a check of a version against the champion says that it is worse: hardly where both are equal by law, nearly always
/// where it really is.
///
/// Six agents hold an asset each, in the champion's run X1 to X6 and in the version's Y1 to Y6, which follow the same law
/// independently of each other: what differs is chance alone, path by path.
@Suite("False alarms of a check")
struct FalseAlarmTests {
  private static let scenario = """
    { "stresslab": "scenario/1", "title": "Twins",
      "clock": { "step": "1h", "length": "6h", "warmup": "1h", "start": "2024-01-03",
        "calendar": { "model": "sessions", "open": "09:30", "close": "15:30", "timeZone": "America/New_York" } },
      "assets": { \(["X", "Y"].flatMap { side in (1...6).map { asset("\(side)\($0)") } }.joined(separator: ", ")) },
      "venue": { "takerFeeBps": 1, "initialMargin": 0.125, "maintenanceMargin": 0.05 } }
    """

  private static func asset(_ name: String) -> String {
    """
    "\(name)": { "price": 100, "process": { "model": "gbm", "annualVolatility": 2.5 },
      "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1e8, "depthTo1Percent": 1e6, "refillHalfLife": "20s" } }
    """
  }

  /// A study of agents that hold the assets of one side four times, the first of them more often where it is bold.
  private static func study(_ side: String, isBold: Bool = false) -> String {
    let panel = (1...6).map { number in
      """
      "a\(number)": { "model": "buyAndHold", "leverage": \(isBold && number == 1 ? 7 : 4), "weights": { "\(side)\(number)": 1 } }
      """
    }
    return """
      { "stresslab": "study/1", "title": "Twins", "scenarios": ["twins.json"], "severities": [1],
        "panel": { \(panel.joined(separator: ", ")) }, "risk": { "none": { "rules": {} } },
        "monteCarlo": { "paths": 150, "seed": 1 } }
      """
  }

  /// Runs in a folder of their own, each made once.
  private final class Runs {
    private let folder: TrackedFolder

    init() throws {
      folder = try TrackedFolder()
      let texts = ["twins": scenario, "X": study("X"), "Y": study("Y"), "bold": study("Y", isBold: true)]
      for (name, text) in texts {
        try folder.write("\(name).json", text)
      }
    }

    func run(_ name: String, seed: UInt64) throws -> ReportFolder {
      let place = ReportFolder(folder.path("\(name)-\(seed)"))
      if FileManager.default.fileExists(atPath: place.manifest) { return place }
      let file = try StudyFile(reading: [folder.path("\(name).json")], repository: folder.path("."))
      let plan = try RunPlan(file, RunSettings(seed: seed, threads: 1))
      let ending = try Runner(plan, into: place, gitRevision: nil).run(
        resume: false, overwrite: false, shouldStop: { false }, report: { _ in })
      guard case .finished = ending else { throw StoreProblem("the run did not finish") }
      return place
    }
  }

  /// How many of so many checks say that something is worse: with false alarms kept rare over all figures, and with each figure
  /// judged by a bound of its own.
  private static func alarms(
    _ pairs: [(ReportFolder, ReportFolder)], isPaired: Bool
  ) throws -> (controlled: Int, single: Int) {
    let margins = try Margins([])
    func isWorse(_ pair: (ReportFolder, ReportFolder), _ alarms: FalseAlarms?) throws -> Bool {
      let comparison = try RunComparison.all(
        baseline: pair.0, candidates: [pair.1], margin: margins.survival, alarms: alarms, threads: 1)[0]
      #expect(comparison.desks.count == 6 && comparison.desks.allSatisfy { $0.pairing.isPaired == isPaired })
      return !margins.faults(in: comparison, isStrict: false).isEmpty
    }
    return (
      try pairs.count { try isWorse($0, margins.alarms()) }, try pairs.count { try isWorse($0, nil) }
    )
  }

  /// Of 90 checks that alarm with a chance of one in twenty, more than 12 do in one of 1,800 sets of seeds; here the seeds are
  /// fixed. Without a correction for twelve figures more than 18 do, which shows that the test can fail.
  @Test("is one in twenty at most, over all desks and figures of it, of runs that are equal by law")
  func equals() throws {
    let runs = try Runs()
    let paired = try (1...60).map { (try runs.run("X", seed: $0), try runs.run("Y", seed: $0)) }
    let apart = try stride(from: UInt64(1), to: 60, by: 2).map { seed in
      (try runs.run("X", seed: seed), try runs.run("X", seed: seed + 1))
    }
    let (first, second) = (
      try Self.alarms(paired, isPaired: true), try Self.alarms(apart, isPaired: false)
    )
    #expect(first.controlled + second.controlled <= 12, "\(first), \(second)")
    #expect(first.single + second.single > 18, "\(first), \(second)")
  }

  @Test("does not hide a version that is really worse in one desk of six")
  func power() throws {
    let runs = try Runs()
    let pairs = try (1...20).map { (try runs.run("X", seed: $0), try runs.run("bold", seed: $0)) }
    let found = try Self.alarms(pairs, isPaired: true)
    #expect(found.controlled >= 19, "\(found)")
  }

  @Test("is shared out among studies, desks and figures")
  func shares() throws {
    let alarms = try Margins(["executionCostBps=2"]).alarms(studies: 2)
    #expect(alarms.figures == 3 && alarms.chance == 0.025)
    #expect(abs(alarms.confidence(desks: 5) - (1 - 0.05 / 30)) < 1e-12)
  }
}
