import Foundation
import Lab
import Statistics
import Testing
import Trading

/// Gate G10: how often the summary's intervals hold what they estimate, through the measures themselves.
@Suite("Intervals that cover")
struct CoverageGateTests {
  /// What became of a figure's intervals over many samples.
  private struct Tally {
    var samples = 0
    var hits = 0
    /// Intervals that promise at least their confidence, or that are open: they may cover more often.
    var exact = 0

    var coverage: Double { Double(hits) / Double(samples) }
  }

  /// Desks of which few, some, half and nearly all paths are ruined; with events that a sample sees always, rarely and
  /// hardly ever.
  static let desks = [
    SyntheticDesk(paths: 100, ruined: 0.056, forced: 0.1, unfilled: 0.3, recovery: 0.03),
    SyntheticDesk(paths: 200, ruined: 0.5, forced: 0.3, unfilled: 0.2, recovery: 0.1),
    SyntheticDesk(paths: 1000, ruined: 0.056, forced: 0.02, unfilled: 0.03, recovery: 0.003),
    SyntheticDesk(paths: 1000, ruined: 0.003, forced: 0.002, unfilled: 0.001, recovery: 0.05),
    SyntheticDesk(paths: 2000, ruined: 0.97, forced: 0.05, unfilled: 0.05, recovery: 0.01),
  ]

  /// Intervals by other rules than a plain law of a mean, which promise at least their confidence.
  private static let exact: Set<Estimate.Method> = [
    .clopperPearson, .effectiveCount, .orderStatistics, .brookmeyerCrowley,
  ]

  /// Summarises samples of a desk.
  private static func tallies(_ desk: SyntheticDesk, samples: Int, seed: UInt64) -> [String: Tally] {
    var random = Uniforms(seed: seed)
    var tallies: [String: Tally] = [:]
    for _ in 0..<samples {
      let (columns, calm) = desk.sample(&random)
      func table(_ columns: [MeasureColumn: [Double]]) -> OutcomeTable {
        OutcomeTable(Array(columns.keys), count: desk.paths) { columns[$0] ?? [] }
      }
      let context = MeasureContext(
        startEquity: SyntheticDesk.startEquity, stepSeconds: SyntheticDesk.stepSeconds, steps: SyntheticDesk.steps,
        ruin: RuinSummary(equityBelow: 0.5, monitored: .withinStep), confidence: 0.95, calm: table(calm))
      for figure in desk.figures(MeasureValues(table(columns), context)) {
        let estimate = figure.estimate
        if let low = estimate.low, let high = estimate.high {
          #expect(low < high, "\(figure.name): an interval of no width")
        }
        // Where curves are made of shares the count itself says whether it was small.
        let successes = (estimate.value ?? 0) * Double(estimate.n)
        let isFew = estimate.method == .proportion && min(successes, Double(estimate.n) - successes) < 9.5
        let isOpen = estimate.low == nil || estimate.high == nil
        let holds =
          (estimate.low ?? -.infinity) <= figure.truth + 1e-12 && figure.truth - 1e-12 <= (estimate.high ?? .infinity)
        tallies[figure.name, default: Tally()].samples += 1
        if holds { tallies[figure.name]?.hits += 1 }
        if isFew || isOpen || Self.exact.contains(estimate.method) { tallies[figure.name]?.exact += 1 }
      }
    }
    return tallies
  }

  /// Of an interval that covers 0.95, 100 samples hold fewer than 84 once in 30,000 seeds; of some 60 figures twice that is
  /// one seed in 250. What must fail: Student's t for rare costs (0.83 here), tail means of five paths (0.84).
  @Test("a figure's 95 % interval holds the truth in nearly all samples", arguments: [0, 2])
  func sample(_ number: Int) {
    for (name, tally) in Self.tallies(Self.desks[number], samples: 100, seed: UInt64(number + 1)) {
      #expect(tally.coverage >= 0.84, "\(name): \(tally.coverage)")
    }
  }

  /// 1,000 samples have a standard error of 0.007, so that an interval that covers exactly 0.95 lies outside of the band
  /// once in 3,000 seeds; of all figures together one seed in ten.
  ///
  /// Planted together, Student's t without Hall's transformation, intervals from two events and tails of five on, and Wilson's
  /// interval from one event on fail it for eleven figures.
  @Test(
    "of 1,000 samples a figure's 95 % interval holds the truth in 925 to 975, an exact one in 925 or more",
    .enabled(if: ProcessInfo.processInfo.environment["STRESSLAB_GATES"] == "1", "make gates"),
    arguments: desks.indices)
  func gate(_ number: Int) {
    let desk = Self.desks[number]
    for (name, tally) in Self.tallies(desk, samples: 1000, seed: UInt64(100 + number)).sorted(by: { $0.key < $1.key }) {
      let isExact = tally.exact * 10 > tally.samples
      #expect(
        tally.coverage >= 0.925 && (isExact || tally.coverage <= 0.975),
        "\(name) of \(desk): \(tally.coverage), \(tally.exact) exact or open of \(tally.samples)")
    }
  }
}
