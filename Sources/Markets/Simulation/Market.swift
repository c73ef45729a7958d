import Documents
import MarketData
import Randomness

/// A scenario at one severity and seed, ready to make paths.
///
/// A path is a pure function of the scenario, the seed, the namespace and the path's number.
package struct Market: Sendable {
  /// Severities above it would drive prices to 0 and volatilities to infinity in ordinary scenarios.
  package static let largestSeverity = 10.0

  /// What is known before any path is drawn.
  package let description: MarketDescription
  let plan: MarketPlan

  /// Compiles a scenario.
  ///
  /// - Parameters:
  ///   - severity: θ ≥ 0; log offsets times θ, multipliers to the power θ, 0 is the market without events.
  ///   - seed: of the run.
  ///   - namespace: what the paths are for; those that GSL draws have one of their own.
  ///   - generator: what draws them.
  /// - Throws: correlations that no joint law has, a severity outside its range, two streams with the same key; movements that
  ///   GSL cannot draw where it should.
  package init(
    scenario: Scenario, severity: Double = 1, seed: UInt64, namespace: Namespace = .report,
    generator: Generator = .philox
  ) throws(FormViolation) {
    guard severity >= 0, severity <= Self.largestSeverity else {
      throw FormViolation("severity", "\(severity) is outside 0…\(JSONWriter.number(Self.largestSeverity))")
    }
    if generator == .gsl, let refusal = scenario.movement.referenceRefusal { throw FormViolation(refusal) }
    plan = try MarketPlan(
      scenario, severity, RandomStreams(seed: seed, namespace: generator == .gsl ? .reference : namespace), generator)
    description = plan.description
  }

  /// Whether each asset's price can jump, by its process; false where rows of recorded bars follow each other.
  package var jumps: [Bool] {
    (plan.scenario.movement as? ProcessMovement)?.processes.map(\.jumps) ?? description.assets.map { _ in false }
  }

  /// Whether paths draw numbers of their processes for themselves.
  package var drawsParameters: Bool {
    (plan.scenario.movement as? ProcessMovement)?.processes.contains { process in
      process.parameters.contains { $0.draw.fixedValue == nil }
    } ?? false
  }

  /// What of the processes' laws is reckoned by the same code where GSL draws them, in words, each once.
  package var reckonedAlike: [String] {
    let processes = (plan.scenario.movement as? ProcessMovement)?.processes ?? []
    var all: [String] = []
    for one in processes.compactMap({ ($0 as? any ReferenceDrawn)?.reckonedAlike }) where !all.contains(one) {
      all.append(one)
    }
    return all
  }

  /// When a step closes, ISO 8601; of recorded bars that are run as they are, what their file says of the row. Step −1 closes
  /// at t = 0.
  package func time(ofStep step: Int) -> String {
    plan.scenario.movement.recordedTime(ofStep: step).map { Timestamp.text(milliseconds: $0) }
      ?? description.clock.timestamp(step)
  }

  /// A tile of `groups` lane groups, 8 paths each, for one worker.
  package func makeTile(groups: Int) -> MarketTile { MarketTile(plan, groups: groups) }
}
