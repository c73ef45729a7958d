import Documents
import Foundation
import Statistics
import Threads

/// Two finished runs, desk by desk: what the candidate has more than the baseline.
package struct RunComparison: Sendable {
  /// By how much less a candidate may survive and still count as not worse; a share of paths.
  package let margin: Double
  /// Of the intervals that are shown, in (0, 1); the baseline's.
  package let confidence: Double
  /// Of the one-sided bounds that decide.
  package static let oneSidedConfidence = 0.95
  /// Desks that both runs have, in the baseline's order.
  package let desks: [DeskComparison]
  /// Desks that one of them lacks, and desks that cannot be compared, in words.
  package let notes: [String]

  /// Whether a gate on the comparison fails.
  ///
  /// - Parameter isStrict: whether what is too close to call counts as worse.
  package func isWorse(isStrict: Bool) -> Bool {
    desks.contains { $0.verdict == .worse || (isStrict && $0.verdict == .tooClose) }
  }
}

extension RunComparison {
  /// Compares two report folders.
  ///
  /// - Throws: `.refused` where one holds no finished run, or where both cannot be compared; `.store` for a store that is
  ///   damaged, and where the system fails.
  package init(
    baseline: ReportFolder, candidate: ReportFolder, margin: Double,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(RunProblem) {
    guard (0...1).contains(margin) else {
      throw .refused(Refusal("--margin lies in 0…1, not at \(JSONWriter.number(margin))"))
    }
    let runs = (try ComparedRun(baseline), try ComparedRun(candidate))
    let (first, second) = (runs.0.context, runs.1.context)
    guard first.ruin == second.ruin else {
      throw .refused(
        Refusal(
          "the runs cannot be compared: ruin is \(Self.text(first.ruin)) in one and \(Self.text(second.ruin)) in the other"
        ))
    }
    guard first.recovery == second.recovery else {
      throw .refused(
        Refusal(
          "the runs cannot be compared: recovery is \(Self.text(first.recovery)) in one and \(Self.text(second.recovery)) "
            + "in the other"))
    }
    let (theirs, lacking) = Self.matched(first.desks, second.desks)
    var notes = lacking
    var pairs: [(RunContext.DeskFacts, RunContext.DeskFacts)] = []
    for pair in theirs {
      let clocks = (first.markets[pair.0.market].clock, second.markets[pair.1.market].clock)
      if clocks.0.stepSeconds == clocks.1.stepSeconds, clocks.0.steps == clocks.1.steps {
        pairs.append(pair)
      } else {
        notes.append(
          "\(Self.name(pair.0)) is not compared: \(Self.text(clocks.0)) are another horizon than \(Self.text(clocks.1))"
        )
      }
    }
    guard !pairs.isEmpty else {
      throw .refused(
        Refusal("the runs cannot be compared: they have no desk in common\(notes.first.map { " (\($0))" } ?? "")"))
    }
    let matched = pairs
    desks = orderedMap(matched.count, threads: threads) { number in
      DeskComparison(
        matched[number].0, matched[number].1, runs, margin: margin, confidence: runs.0.context.confidence)
    }
    try RunProblem.atStore { () throws(StoreProblem) in
      try runs.0.outcomes.checkRead()
      try runs.1.outcomes.checkRead()
    }
    if first.cpuLevel != second.cpuLevel {
      notes.append(
        "One run was computed by \(first.cpuLevel), the other by \(second.cpuLevel): their paths are the same but for rounding."
      )
    }
    self.margin = margin
    confidence = first.confidence
    self.notes = notes
  }

  /// Desks of the same agent, profile, scenario and severity, and what is said of the others.
  private static func matched(
    _ first: [RunContext.DeskFacts], _ second: [RunContext.DeskFacts]
  ) -> (pairs: [(RunContext.DeskFacts, RunContext.DeskFacts)], lacking: [String]) {
    let names = Set(first.map(name))
    let others = Dictionary(second.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    let pairs = first.compactMap { desk in others[name(desk)].map { (desk, $0) } }
    return (
      pairs,
      first.map(name).filter { others[$0] == nil }.map { "only the baseline has \($0)" }
        + second.map(name).filter { !names.contains($0) }.map { "only the candidate has \($0)" }
    )
  }

  private static func name(_ desk: RunContext.DeskFacts) -> String {
    DeskComparison.name(agent: desk.agent, risk: desk.risk, scenario: desk.scenario, severity: desk.severity)
  }

  private static func text(_ clock: ClockSummary) -> String {
    "\(clock.steps) steps of \(JSONWriter.number(clock.stepSeconds)) s"
  }

  private static func text(_ ruin: RuinSummary) -> String {
    "equity at or below \(JSONWriter.number(ruin.equityBelow)) of its start (\(ruin.monitored.rawValue))"
  }

  private static func text(_ recovery: RecoverySummary) -> String {
    "from \(recovery.from ?? "the earliest event") to \(JSONWriter.number(recovery.level.rawValue))"
  }
}
