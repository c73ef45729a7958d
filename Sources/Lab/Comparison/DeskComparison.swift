import Documents
import Statistics

/// A desk in two runs: what it has more in the candidate than in the baseline.
package struct DeskComparison: Sendable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// θ.
  package let severity: Double
  /// The agent's name in the panel.
  package let agent: String
  /// The risk profile's name.
  package let risk: String
  /// Which paths are compared, and how.
  package let pairing: Pairing
  /// Survival first, which the verdict is on.
  package let measures: [MeasureComparison]
  /// The difference of survival, with two bounds that hold each alone: the lower one with `RunComparison.oneSided`, the upper
  /// one with `RunComparison.worseConfidence`.
  package let oneSided: Estimate
  /// Every measure, with differences whose bounds each alone hold with `RunComparison.worseConfidence`.
  package let worst: [MeasureComparison]
  /// What came out.
  package let verdict: Verdict
  /// About how many paths would settle it, where it is too close to call and the difference is not at the margin.
  package let pathsToSettle: Int?
  /// The horizon and step of both.
  package let clock: ClockSummary

  /// Whether the paths of both runs are the same ones.
  package enum Pairing: Sendable, Hashable {
    /// The same markets path by path: these paths.
    case paired(Range<Int64>)
    /// All paths of each run, as two independent samples; the reason in words.
    case unpaired(String)

    /// Whether it is path by path.
    package var isPaired: Bool { if case .paired = self { true } else { false } }
  }

  /// Whether the candidate survives less.
  package enum Verdict: String, Sendable, Hashable, CaseIterable {
    /// The same desk: every path ended alike, to the last bit.
    case same
    /// The lower bound of the difference reaches the margin.
    case notWorse
    /// The margin lies between the bounds.
    case tooClose
    /// The upper bound misses the margin.
    case worse
  }

  /// Agent, profile, scenario and severity in words.
  package var name: String { Self.name(agent: agent, risk: risk, scenario: scenario, severity: severity) }

  static func name(agent: String, risk: String, scenario: String, severity: Double) -> String {
    "\(agent)/\(risk) in \(scenario) at severity \(JSONWriter.number(severity))"
  }

  /// Worse, or not, by one-sided bounds of the difference; where nothing is drawn, by the difference itself.
  package static func judge(_ difference: Estimate, margin: Double, isDrawn: Bool = true) -> Verdict {
    if !isDrawn, let value = difference.value { return value >= -margin ? .notWorse : .worse }
    if let low = difference.low, low >= -margin { return .notWorse }
    if let high = difference.high, high < -margin { return .worse }
    return .tooClose
  }
}

extension DeskComparison {
  /// Compares a desk of both runs.
  init(
    _ baseline: RunContext.DeskFacts, _ candidate: RunContext.DeskFacts, _ runs: (ComparedRun, ComparedRun),
    margin: Double, confidence: Double, oneSided: Double, worse: Double
  ) {
    let pairing = runs.0.pairing(with: runs.1, scenario: baseline.scenario)
    let first = DeskSample(baseline, runs.0, pairing)
    let second = DeskSample(candidate, runs.1, pairing)
    let contrast = Contrast(baseline: first, candidate: second, isPaired: pairing.isPaired)
    // Where nothing is drawn in either run there is one path, and its figures have no intervals.
    let isDrawn = runs.0.context.markets[baseline.market].isDrawn || runs.1.context.markets[candidate.market].isDrawn
    let measures = contrast.measures(confidence: confidence)
    self.measures = isDrawn ? measures : measures.map(\.withoutIntervals)
    let worst = contrast.measures(confidence: 2 * worse - 1)
    self.worst = isDrawn ? worst : worst.map(\.withoutIntervals)
    let known = contrast.survival(confidence: 2 * oneSided - 1)
    let bounds = isDrawn ? known.with(high: contrast.survival(confidence: 2 * worse - 1).high) : known.withoutIntervals
    self.oneSided = bounds
    verdict =
      pairing.isPaired && first == second ? .same : Self.judge(bounds, margin: margin, isDrawn: isDrawn)
    pathsToSettle = verdict == .tooClose ? bounds.countToSettle(-margin) : nil
    clock = runs.0.context.markets[baseline.market].clock
    self.pairing = pairing
    (scenario, severity) = (baseline.scenario, baseline.severity)
    (agent, risk) = (baseline.agent, baseline.risk)
  }
}

extension Estimate {
  /// The same with another upper end.
  fileprivate func with(high: Double?) -> Estimate {
    Estimate(
      value: value, low: low, high: high, confidence: confidence, n: n, method: method, evidence: evidence)
  }
}
