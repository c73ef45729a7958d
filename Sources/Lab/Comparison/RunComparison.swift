import Documents
import Foundation
import Statistics
import Threads

/// Two finished runs, desk by desk: what the candidate has more than the baseline.
package struct RunComparison: Sendable {
  /// By how much less a candidate may survive and still count as not worse; a share of paths.
  package let margin: Double
  /// Of the intervals that are shown, in (0, 1): what the baseline's study asks for, and where either run may have stopped
  /// early ``Precision/confidence(covering:)`` of it.
  package let confidence: Double
  /// Of the one-sided bounds that decide: ``oneSidedConfidence``, and where either run may have stopped early what covers as
  /// often then.
  package let oneSided: Double
  /// How often the one-sided bounds that decide are to hold.
  package static let oneSidedConfidence = 0.95
  /// How often each bound holds by which a figure is called worse: ``oneSided``, or more, where ``FalseAlarms`` are kept rare
  /// over all of them.
  package let worseConfidence: Double
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
  /// Compares report folders, each with the same baseline; one comparison for each candidate, in their order.
  ///
  /// - Parameter alarms: how rare false alarms are to be over all desks and figures of a candidate; unless given each desk is
  ///   judged for itself.
  /// - Throws: `.refused` where one holds no finished run, or where a candidate cannot be compared; `.store` for a store that
  ///   is damaged, and where the system fails.
  package static func all(
    baseline: ReportFolder, candidates: [ReportFolder], margin: Double, alarms: FalseAlarms? = nil,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) throws(RunProblem) -> [RunComparison] {
    guard (0...1).contains(margin) else {
      throw .refused(Refusal("--margin lies in 0…1, not at \(JSONWriter.number(margin))"))
    }
    let run = try ComparedRun(baseline)
    var comparisons: [RunComparison] = []
    for candidate in candidates {
      do throws(RunProblem) {
        comparisons.append(
          try RunComparison(run, try ComparedRun(candidate), margin: margin, alarms: alarms, threads: threads))
      } catch {
        // Of several it has to be said which one it is.
        guard case .refused(let refusal) = error, candidates.count > 1 else { throw error }
        throw .refused(Refusal("\(candidate.path): \(refusal)"))
      }
    }
    return comparisons
  }

  private init(
    _ baseline: ComparedRun, _ candidate: ComparedRun, margin: Double, alarms: FalseAlarms?, threads: Int
  ) throws(RunProblem) {
    let runs = (baseline, candidate)
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
    let asked = first.coverage ?? first.confidence
    let mayStop = first.until != nil || second.until != nil
    func covering(_ confidence: Double) -> Double {
      mayStop ? Precision.confidence(covering: confidence) : confidence
    }
    let (confidence, oneSided) = (covering(asked), covering(Self.oneSidedConfidence))
    let worse = alarms.map { covering($0.confidence(desks: matched.count)) } ?? oneSided
    desks = orderedMap(matched.count, threads: threads) { number in
      DeskComparison(
        matched[number].0, matched[number].1, runs, margin: margin, confidence: confidence, oneSided: oneSided,
        worse: worse)
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
    if mayStop {
      let runs = first.until == nil ? "The candidate" : second.until == nil ? "The baseline" : "Each run"
      notes.append(
        "\(runs) may have stopped before its budget of paths: intervals are those of \(Self.percent(confidence)) and the "
          + "bounds that decide those of \(Self.percent(oneSided)) for a fixed number of paths, so that they hold as often "
          + "as \(Self.percent(asked)) and \(Self.percent(Self.oneSidedConfidence)).")
    }
    if let alarms { notes.append(alarms.text(desks: matched.count, mayStop ? worse : nil)) }
    self.margin = margin
    self.confidence = confidence
    worseConfidence = worse
    self.oneSided = oneSided
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

  private static func percent(_ share: Double) -> String { Unit.percent.tick(share, step: share) }

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
