import Documents
import Lanes
import Markets
import Randomness
import Statistics
import Threads

/// A market drawn twice: as every run draws it, and by GSL's samplers alone, one path at a time; figure by figure, with how far both
/// lie apart.
///
/// What is drawn is apart, too: both have their own seeds, so that the samples are independent and tests of two samples hold.
package struct DrawnTwice: Sendable {
  /// A figure of an asset, or of two, on the paths of both.
  package struct Row: Sendable {
    /// Names of the assets.
    package let assets: [String]
    /// What was measured of each path.
    package let figure: MarketFigures.Figure
    /// The lab's paths and GSL's.
    package let samples: TwoSamples

    /// The figures of both in the catalogue's order.
    package var differences: [(figure: TwoSamples.Figure, difference: TwoSamples.Difference)] {
      TwoSamples.Figure.allCases.map { ($0, samples.difference($0)) }
    }
  }

  /// What varies from path to path, asset by asset, then pair by pair.
  package let rows: [Row]
  /// Paths of each.
  package let paths: Int
  /// Severity of the events.
  package let severity: Double
  /// What both do alike, and what is not compared, in sentences.
  package let notes: [String]

  /// From which chance on that the smallest of all p-values is as small, the draws are called different.
  package static let falseAlarms = 0.01
  /// Paths that a worker draws at once.
  private static let tile = 2 * Lanes.count

  /// The furthest apart of all comparisons: where, what, and its p-value times their number, at most 1 (Bonferroni).
  package struct Furthest: Sendable {
    package let row: Row
    /// Nil for Kolmogorov and Smirnov's test.
    package let figure: TwoSamples.Figure?
    package let probability, corrected: Double
  }

  /// How many comparisons were made: five figures and a test of the whole law for each row.
  package var comparisons: Int { rows.count * (TwoSamples.Figure.allCases.count + 1) }

  /// Nil where nothing varies.
  package var furthest: Furthest? {
    var found: (row: Row, figure: TwoSamples.Figure?, probability: Double)?
    for row in rows {
      let all: [(TwoSamples.Figure?, Double)] =
        row.differences.map { ($0.figure, $0.difference.probability) } + [(nil, row.samples.probability)]
      for (figure, probability) in all where probability < found?.probability ?? 2 {
        found = (row, figure, probability)
      }
    }
    return found.map {
      Furthest(
        row: $0.row, figure: $0.figure, probability: $0.probability,
        corrected: min(1, $0.probability * Double(comparisons)))
    }
  }

  /// Refuses what GSL's samplers cannot draw.
  package static func check(_ scenario: Scenario) throws(Refusal) {
    if let refusal = scenario.movement.referenceRefusal { throw Refusal("--generator gsl: \(refusal)") }
  }

  /// Draws a scenario both ways; nil where it was stopped.
  ///
  /// - Parameter timed: told how long each took.
  /// - Throws: `Refusal` where GSL's samplers cannot draw it; `FormViolation` for what is wrong at this severity or seed.
  package init?(
    _ scenario: Scenario, severity: Double, paths: Int, seed: UInt64, threads: Int,
    shouldStop: @escaping @Sendable () -> Bool = { false }, timed: (Generator, Swift.Duration) -> Void = { _, _ in }
  ) throws {
    try Self.check(scenario)
    guard paths > 1 else { throw Refusal("--generator gsl compares samples: --paths is 2 at least") }
    let markets = try [Generator.philox, .gsl].map {
      try Market(scenario: scenario, severity: severity, seed: seed, generator: $0)
    }
    let figures = MarketFigures(markets[0])
    var samples: [[[Double]]] = []
    for (generator, market) in zip([Generator.philox, .gsl], markets) {
      let start = ContinuousClock.now
      guard let sample = Self.sample(market, figures, paths, threads, shouldStop) else { return nil }
      samples.append(sample)
      timed(generator, start.duration(to: .now))
    }
    rows = figures.rows.indices.compactMap { index in
      let measured = figures.rows[index]
      let row = Row(
        assets: measured.assets.map { scenario.assets[$0].name }, figure: measured.figure,
        samples: TwoSamples(samples[0][index], samples[1][index]))
      return row.samples.isConstant ? nil : row
    }
    self.paths = paths
    self.severity = severity
    notes = Self.notes(scenario, markets[0])
  }

  /// `[row][path]`, tile by tile on several threads.
  private static func sample(
    _ market: Market, _ figures: MarketFigures, _ paths: Int, _ threads: Int,
    _ shouldStop: @escaping @Sendable () -> Bool
  ) -> [[Double]]? {
    let jobs = (paths + tile - 1) / tile
    var sample = figures.rows.map { _ in [Double]() }
    let worker: @Sendable () -> Worker = { Worker(tile: market.makeTile(groups: tile / Lanes.count), figures: figures) }
    let done = OrderedJobs<Worker>(count: jobs, threads: min(threads, jobs)).run(
      makeWorker: worker, shouldStop: shouldStop,
      deliver: { _, measured in for row in sample.indices { sample[row] += measured[row] } })
    return done == jobs ? sample.map { Array($0.prefix(paths)) } : nil
  }

  private struct Worker: JobWorker {
    let tile: MarketTile
    let figures: MarketFigures

    func run(_ job: Int, shouldStop: () -> Bool) -> [[Double]]? {
      figures.measure(tile, firstPath: UInt64(job * DrawnTwice.tile), shouldStop: shouldStop)
    }
  }

  private static func notes(_ scenario: Scenario, _ market: Market) -> [String] {
    var alike: [String] = []
    if market.description.severity > 0, !scenario.events.isEmpty {
      let names = scenario.events.map(\.name).joined(separator: ", ")
      alike.append("when and how strongly events act, and how a step is split where they turn (\(names))")
    }
    if market.drawsParameters { alike.append("the numbers of processes that each path draws for itself") }
    alike += market.reckonedAlike
    var notes = alike.isEmpty ? [] : ["Drawn alike by both: \(alike.joined(separator: "; "))."]
    if scenario.assets.count > 1 {
      notes.append("Not compared: what the highs and lows of different assets within a step have in common.")
    }
    return notes
  }
}
