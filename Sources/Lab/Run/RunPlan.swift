import Documents
import Lanes
import Markets
import Randomness
import Trading

/// A study expanded to what is simulated: markets and desks in a fixed order, and a range of paths.
///
/// Markets are numbered scenario by scenario (in the study's order), in each severity by severity (in the study's
/// order). Desks are numbered market by market, in each agent by agent, for each agent risk profile by risk profile,
/// both in the order of their names.
package struct RunPlan: Sendable {
  package let file: StudyFile
  package let markets: [PlannedMarket]
  /// When the events of each scenario happen; nil without events.
  let eventTimes: [EventTimes?]
  /// The severities at which survival alone is asked; nil without any, and where the command line chose severities.
  let ladder: LadderPlan?
  /// The scenarios with a figure multiplied; nil without any, and where the command line chose severities.
  let whatIf: WhatIfPlan?
  /// Names of the agents that take part, in order.
  package let agents: [String]
  /// Those among them, or among the chosen ones, that stay out of a scenario.
  package let absences: [Absence]
  package let severities: [Double]
  package let seed: UInt64
  /// The paths that this command asks for; one where every path of every market is the same.
  package let paths: Range<Int64>
  /// That fewer paths are run than were asked for: since nothing is drawn, or by the default study, which asks for nobody; nil
  /// where all are.
  package let pathsNote: String?
  package let settings: RunSettings
  /// Paths of a tile: as the settings have it, or fewer where a long warm-up leaves no room for them.
  let tile: Int
  /// Agents or severities that the command line chose, in its words.
  let choices: [String]

  /// Expands a study.
  ///
  /// - Throws: `Refusal` for settings that do not fit the study; what a scenario says against its market.
  package init(_ file: StudyFile, _ settings: RunSettings) throws(Refusal) {
    try settings.check()
    let study = file.study
    self.file = file
    self.settings = settings
    seed = settings.seed ?? UInt64(study.monteCarlo.seed)
    severities = settings.severities ?? study.severities
    let chosen = try Self.agents(settings.agents, in: study)
    absences = file.absences.filter { chosen.contains($0.agent) }
    agents = try Self.present(chosen, file, areNamed: settings.agents != nil)
    let risks = try Self.risks(settings.risks, in: study)
    try Self.checkCriteria(study, severities, agents, risks)
    var choices: [String] = []
    if settings.agents != nil { choices.append("--agents \(agents.joined(separator: ","))") }
    if settings.severities != nil {
      choices.append("--severity \(severities.map(JSONWriter.number).joined(separator: ","))")
    }
    if settings.risks != nil { choices.append("--risk \(risks.joined(separator: ","))") }
    self.choices = choices

    var markets: [PlannedMarket] = []
    var nextDesk = 0
    var nextSeries = 0
    var nextParameter = 0
    var eventTimes: [EventTimes?] = []
    for (index, scenario) in file.scenarios.enumerated() {
      // A severity moves the times of events that answer prices which it moves, of outages, whose length it multiplies,
      // and of what comes after these: all are told of the file as written.
      let events = EventTimes(try Self.market(scenario, severity: 1, seed: seed))
      eventTimes.append(events)
      let present = agents.filter { agent in !file.isAbsent(agent, from: scenario) }
      guard !present.isEmpty else { throw Self.empty(scenario, absences) }
      for (rank, severity) in severities.enumerated() {
        let market = try Self.market(scenario, severity: severity, seed: seed)
        let desks = Self.desks(study, agents: present, risks: risks, firstIndex: nextDesk)
        nextDesk += desks.count
        let terms = try Self.terms(study, market.description)
        let fans = FanLayout(
          market.description, events: events, number: markets.count, firstNumber: nextSeries, terms: terms,
          desks: desks.map(\.index))
        nextSeries += fans.series.count
        let drawn = rank == 0 ? DrawnParameters(market, firstNumber: nextParameter) : nil
        nextParameter += drawn?.pointers.count ?? 0
        markets.append(
          PlannedMarket(
            number: markets.count, scenario: index, severity: severity, market: market, desks: desks, terms: terms,
            fans: fans, drawn: drawn,
            performance: PerformanceTerms(market.description.clock, benchmark: Self.benchmark(study, desks)),
            execution: study.executionTerms(in: market.description)))
      }
    }
    let asked = settings.paths ?? study.monteCarlo.paths
    let isOne = markets.allSatisfy(\.market.description.isSameOnEveryPath)
    let first = settings.firstPath ?? 0
    let supply = isOne ? nil : PathSupply(file.scenarios)
    let isAsked = settings.paths != nil || !file.isDefault
    let count = isOne ? 1 : isAsked ? asked : supply?.most(of: asked, from: first) ?? asked
    if settings.paths == nil, settings.firstPath == nil, isAsked {
      if let problem = supply?.problem(in: file) { throw Refusal("\(problem)") }
    } else {
      try supply?.check(first..<first + count)
    }
    pathsNote = isOne ? Self.onePathNote(asked) : count < asked ? supply?.note(asked) : nil
    paths = Int64(first)..<Int64(first + count)
    let room = markets.map { WarmupMemory.groups($0.market.description) }.min() ?? 1
    tile = min(settings.tile, room * Lanes.count)
    ladder =
      if settings.severities == nil, let ladder = study.ladder {
        try LadderPlan(ladder, study, file.scenarios, markets: markets, seed: seed)
      } else {
        nil
      }
    whatIf =
      settings.severities == nil && study.whatIf != nil ? try WhatIfPlan(file, markets: markets, seed: seed) : nil
    self.markets = markets
    self.eventTimes = eventTimes
  }

  /// That one path is run where all would be the same; nil where one was asked for.
  private static func onePathNote(_ asked: Int) -> String? {
    guard asked > 1 else { return nil }
    return
      "Nothing is drawn: recorded bars as they are make one path, so 1 is run and not \(asked). Its report has no intervals."
  }

  /// A criterion that nothing is run for would pass unseen.
  private static func checkCriteria(
    _ study: Study, _ severities: [Double], _ agents: [String], _ risks: [String]
  ) throws(Refusal) {
    for (index, criterion) in study.criteria.enumerated() {
      if let severity = criterion.severity, !severities.contains(severity) {
        throw Refusal("criterion \(index) is judged at severity \(JSONWriter.number(severity)), which is not run")
      }
      if let desk = criterion.desk, !agents.contains(desk.agent) {
        throw Refusal("criterion \(index) is about \(quoted(desk.text)), whose agent is not run")
      }
      if let desk = criterion.desk, !risks.contains(desk.risk) {
        throw Refusal("criterion \(index) is about \(quoted(desk.text)), whose risk profile is not run")
      }
    }
  }

  /// The numbers of paths at which the run may end, ascending; the last is all of them.
  package var looks: [Int] {
    let monteCarlo = file.study.monteCarlo
    return monteCarlo.until.isEmpty
      ? [paths.count] : Precision.looks(from: monteCarlo.firstLook, to: paths.count)
  }

  static func market(_ file: ScenarioFile, severity: Double, seed: UInt64) throws(Refusal) -> Market {
    let (markets, problems) = file.markets(severities: [severity], seed: seed)
    guard let market = markets.first else { throw Refusal(Problems(problems).description) }
    return market
  }

  private static func agents(_ chosen: [String]?, in study: Study) throws(Refusal) -> [String] {
    guard let chosen else { return study.panel.names }
    for name in chosen where !study.panel.names.contains(name) {
      throw Refusal(
        "no agent named \(quoted(name)) in the panel\(Suggestion.hint(for: name, among: study.panel.names))")
    }
    guard !chosen.isEmpty else { throw Refusal("--agents names an agent at least") }
    return study.panel.names.filter(chosen.contains)
  }

  private static func risks(_ chosen: [String]?, in study: Study) throws(Refusal) -> [String] {
    guard let chosen else { return study.risk.names }
    for name in chosen where !study.risk.names.contains(name) {
      throw Refusal("no risk profile named \(quoted(name))\(Suggestion.hint(for: name, among: study.risk.names))")
    }
    guard !chosen.isEmpty else { throw Refusal("--risk names a risk profile at least") }
    return study.risk.names.filter(chosen.contains)
  }

  /// The chosen agents that take part in a scenario at least.
  ///
  /// - Parameter areNamed: whether somebody asked for each of them.
  /// - Throws: that an agent which was asked for takes part in none.
  private static func present(
    _ chosen: [String], _ file: StudyFile, areNamed: Bool
  ) throws(Refusal) -> [String] {
    let present = chosen.filter { agent in !file.scenarios.allSatisfy { file.isAbsent(agent, from: $0) } }
    if areNamed, let agent = chosen.first(where: { !present.contains($0) }),
      let absence = file.absences.first(where: { $0.agent == agent })
    {
      throw Refusal("\(absence)")
    }
    return present
  }

  private static func empty(_ scenario: ScenarioFile, _ absences: [Absence]) -> Refusal {
    let reasons = absences.filter { $0.scenario == scenario.name }.map(\.description)
    return Refusal("no agent is left for \(quoted(scenario.name)): \(reasons.joined(separator: "; "))")
  }

  private static func desks(_ study: Study, agents: [String], risks: [String], firstIndex: Int) -> [Desk] {
    var desks: [Desk] = []
    for (name, agent) in study.panel where agents.contains(name) {
      for (riskName, profile) in study.risk where risks.contains(riskName) {
        desks.append(
          Desk(
            index: firstIndex + desks.count, agentName: name, agent: agent, riskName: riskName,
            rules: profile.rules.values))
      }
    }
    return desks
  }

  /// The number of a market's benchmark; nil where the study has none, or its agent takes no part.
  private static func benchmark(_ study: Study, _ desks: [Desk]) -> Int? {
    desks.first { $0.agentName == study.benchmark?.agent && $0.riskName == study.benchmark?.risk }?.index
  }

  static func terms(_ study: Study, _ market: MarketDescription) throws(Refusal) -> DeskTerms {
    guard let equity = study.startEquity(in: market) else {
      throw Refusal("the study says no equity, and the scenario trades nothing by which it could be set")
    }
    let clock: RecoveryClock =
      if let from = study.recovery.from, let event = market.events.firstIndex(of: from) {
        .event(event)
      } else {
        market.events.isEmpty ? .drawdown : .earliestEvent
      }
    let opening = study.account.positions.opening(market.assets, prices: market.initialPrices)
    return DeskTerms(startEquity: equity, opening: opening, ruin: study.ruin, recoveryClock: clock)
  }
}

extension RunPlan {
  /// What is run, in a line.
  package var text: String {
    let desks = markets.reduce(0) { $0 + $1.desks.count }
    return "paths \(paths.lowerBound)…\(paths.upperBound - 1), seed \(seed), in \(Self.count(markets.count, "market")) "
      + "with \(Self.count(desks, "desk")), on \(Self.count(settings.threads, "thread"))"
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// What became of the wish where the folder held other paths of this run beside those that were asked for; nil where it
  /// did not.
  ///
  /// - Parameters:
  ///   - run: the finished run.
  ///   - didRun: whether any path was missing.
  package func note(on run: RunIdentity, in folder: String, didRun: Bool) -> String? {
    guard run.paths != Int64(paths.count) else { return nil }
    let held = "the report is of all \(run.paths) paths, \(run.firstPath)…\(run.firstPath + run.paths - 1)"
    let asked = "\(paths.lowerBound)…\(paths.upperBound - 1)"
    return didRun
      ? "\(folder) held other paths of this run beside \(asked): \(held)."
      : "\(folder) held the paths \(asked) of this run already, and more: nothing was run, and \(held)."
  }
}
