import Statistics
import Threads
import Trading

/// What a desk's summary is made from: values that need no store any more, so that desks can be summarised side by
/// side.
struct DeskWork: Sendable {
  let facts: RunContext.DeskFacts
  let clock: ClockSummary
  let ruin: RuinSummary
  let confidence: Double
  /// The desk's outcomes, and those of all others.
  let outcomes: OutcomeTables
  /// The number of the same desk at severity 0; nil at severity 0, or where that was not run.
  let calmDesk: Int?
  /// The number of the first path of the outcomes.
  let firstPath: Int64
  let fans: Fans
  let worstPath: StoredTrace?
  /// Whether its market is drawn; else every path is the same one.
  let isDrawn: Bool
  /// By what performance is told over a year; nil where the horizon is too short for that.
  let performance: PerformanceTerms?
  /// By what execution is judged; nil where the mandate is another.
  let execution: ExecutionTerms?

  /// The work of every desk of a run, in the order of their numbers.
  ///
  /// - Parameters:
  ///   - paths: the numbers of those of each desk.
  ///   - fans: makes the fans of a desk's series.
  static func all(
    _ store: ResultsStore, _ context: RunContext, paths: Range<Int64>, fans: ([FanSeries]) throws(StoreProblem) -> Fans
  ) throws(StoreProblem) -> [DeskWork] {
    let measured = Measures.columns + ComparisonLine.columns.filter { !Measures.columns.contains($0) }
    let hasPerformance = context.markets.contains { $0.performance != nil }
    let columns = measured.filter { hasPerformance || $0.performance == nil }
    let outcomes = try OutcomeTables(
      store, columns: columns, level: context.recovery.level, desks: context.desks.count, paths: paths.count,
      onePath: Set(context.desks.filter { !context.markets[$0.market].isDrawn }.map(\.desk)))
    let traces = try store.traces()
    let calm = Dictionary(
      context.desks.filter { $0.severity == 0 }.map { (Twin($0), $0.desk) },
      uniquingKeysWith: { first, _ in first })
    var series: [Int: [FanSeries]] = [:]
    for counted in context.markets.lazy.flatMap(\.fans.series) {
      if let desk = counted.desk { series[desk, default: []].append(counted) }
    }
    return try context.desks.map { facts throws(StoreProblem) in
      DeskWork(
        facts: facts, clock: context.markets[facts.market].clock, ruin: context.ruin, confidence: context.confidence,
        outcomes: outcomes, calmDesk: facts.severity > 0 ? calm[Twin(facts)] : nil,
        firstPath: paths.lowerBound,
        fans: try fans(series[facts.desk] ?? []), worstPath: traces[facts.desk],
        isDrawn: context.markets[facts.market].isDrawn, performance: context.markets[facts.market].performance,
        execution: context.markets[facts.market].execution)
    }
  }

  /// Desks set against each other, on several threads.
  static func comparisons(
    _ pairs: [RunContext.ComparisonFacts], _ desks: [DeskWork], _ context: RunContext, threads: Int
  ) throws(StoreProblem) -> [ComparisonLine] {
    guard let outcomes = desks.first?.outcomes else { return [] }
    // The difference of two numbers that nothing is drawn of has no interval, and needs no test.
    let pairs = pairs.filter { context.markets[context.desks[$0.desk].market].isDrawn }
    let differences = orderedMap(pairs.count, threads: threads) { number in
      ComparisonLine.differences(pairs[number], context.desks) { outcomes.table(desk: $0) }
    }
    let family = ComparisonLine.Family(
      differences.flatMap { [$0.survival, $0.finalReturn] }, confidence: context.confidence, seed: context.seed)
    let lines = orderedMap(pairs.count, threads: threads) { number in
      ComparisonLine(
        pairs[number], context.desks, outcomes.table(desk: pairs[number].desk),
        outcomes.table(desk: pairs[number].against), family)
    }
    let groups = TrainingLevel.groups(pairs, context)
    let levels = orderedMap(groups.count, threads: threads) { number in
      TrainingLevel(groups[number].map { pairs[$0] }, confidence: context.confidence) {
        ComparisonLine.differences($0, context.desks) { outcomes.table(desk: $0) }
      }
    }
    try outcomes.checkRead()
    var adjusted = ComparisonLine.adjusted(lines)
    for (places, level) in zip(groups, levels) {
      for place in places { adjusted[place] = adjusted[place].among(level) }
    }
    return adjusted
  }

  /// Criteria judged at each desk that they are about, on several threads; the usual ones where there are none.
  static func criteria(
    _ desks: [DeskWork], _ context: RunContext, threads: Int
  ) throws(StoreProblem) -> CriteriaSummary {
    let executes = context.markets.contains { $0.execution != nil }
    let criteria = context.criteria ?? (executes ? Criterion.usualOfExecution : Criterion.usual)
    let cases = criteria.flatMap { criterion in
      desks.filter { $0.isJudged(by: criterion, context) }.map { (criterion, $0) }
    }
    let lines = orderedMap(cases.count, threads: threads) { number in
      let (criterion, desk) = cases[number]
      return CriterionLine(
        criterion, desk: desk.facts.desk, desk.outcomes.table(desk: desk.facts.desk), desk.measureContext,
        mayStop: context.until != nil, isDrawn: desk.isDrawn)
    }
    try desks.first?.outcomes.checkRead()
    return CriteriaSummary(areUsual: context.criteria == nil, lines: lines)
  }

  private func isJudged(by criterion: Criterion, _ context: RunContext) -> Bool {
    if let desk = criterion.desk, desk != DeskName(agent: facts.agent, risk: facts.risk) { return false }
    if let scenario = criterion.scenario, scenario != facts.scenario {
      // All points of a grid are the scenario's.
      let file = context.scenarios.first { $0.name == facts.scenario }?.file ?? ""
      guard scenario == ScenarioFile.name(of: file) else { return false }
    }
    let severities = Set(context.desks.map(\.severity))
    return facts.severity == criterion.severity ?? (severities.contains(1) ? 1 : severities.max())
  }

  /// A desk whatever its severity.
  private struct Twin: Hashable {
    let scenario, agent, risk: String

    init(_ facts: RunContext.DeskFacts) { (scenario, agent, risk) = (facts.scenario, facts.agent, facts.risk) }
  }

  /// What its measures know of it beside the outcomes.
  private var measureContext: MeasureContext {
    MeasureContext(
      startEquity: facts.startEquity, stepSeconds: clock.stepSeconds, steps: clock.steps, ruin: ruin,
      confidence: confidence, calm: calmDesk.map { outcomes.table(desk: $0, repeating: isDrawn) },
      performance: performance, execution: execution)
  }

  /// The desk's summary; safe to ask of several desks at once.
  var summary: DeskSummary {
    get throws(StoreProblem) {
      let measured = MeasureValues(outcomes.table(desk: facts.desk), measureContext)
      let measures = isDrawn ? measured : measured.withoutIntervals
      let trace = try worstPath?.trace
      let inCalm = trace.flatMap { ending(ofCalm: $0.path) }
      let byEvents = worstByEvents
      try outcomes.checkRead()
      return DeskSummary(
        scenario: facts.scenario, severity: facts.severity, agent: facts.agent, risk: facts.risk, desk: facts.desk,
        startEquity: facts.startEquity, measures: measures, fans: fans, worstPath: trace, worstPathInCalm: inCalm,
        worstByEvents: byEvents)
    }
  }

  /// The lowest end among paths that are survived at severity 0, of several the first; nil where there is none.
  private var worstByEvents: PathEnding? {
    guard isDrawn, let calmDesk else { return nil }
    let (own, calm) = (outcomes.table(desk: facts.desk), outcomes.table(desk: calmDesk))
    let (equity, calmCauses) = (own[.fact(.finalEquity)], calm[.fact(.cause)])
    let alive = equity.indices.filter { calmCauses[$0] == 0 }
    guard let place = alive.min(by: { equity[$0] < equity[$1] }) else { return nil }
    return PathEnding(
      equity: equity[place] / facts.startEquity, isRuined: own[.fact(.cause)][place] != 0,
      path: firstPath + Int64(place))
  }

  /// How a path ends at severity 0; nil where that was not run.
  private func ending(ofCalm path: Int64) -> PathEnding? {
    guard let calmDesk else { return nil }
    let table = outcomes.table(desk: calmDesk, repeating: isDrawn)
    let place = Int(path - firstPath)
    let (equity, causes) = (table[.fact(.finalEquity)], table[.fact(.cause)])
    guard equity.indices.contains(place), causes.indices.contains(place) else { return nil }
    return PathEnding(equity: equity[place] / facts.startEquity, isRuined: causes[place] != 0)
  }
}
