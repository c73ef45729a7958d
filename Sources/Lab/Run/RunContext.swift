import Agents
import Digests
import Lanes
import Randomness
import Trading

/// What a store knows of its run beside the outcomes: enough to draw the report again without any other file.
struct RunContext: Codable, Sendable, Equatable {
  let title: String
  let seed: UInt64
  let confidence: Double
  let programVersion: String
  /// SHA-256 of the program's file; nil in stores of builds that did not say it.
  let programDigest: String?
  let gitRevision: String?
  let streamVersion: UInt64
  let cpuLevel: String
  let files: [InputFile]
  /// The command line that makes the run again, but for its range of paths.
  let command: [String]
  /// Agents or severities that the command line chose.
  let choices: [String]
  let ruin: RuinSummary
  let recovery: RecoverySummary
  let scenarios: [ScenarioSummary]
  let agents: [AgentLine]
  let riskProfiles: [RiskProfileLine]
  /// What the study says of accounts, rules, ruin and criteria; nil in a store that does not say it.
  let studyParameters: [ParameterLine]?
  /// What the files of the trained agents that take part say; nil where none is.
  let policies: [PolicyRecord]?
  /// What the accounts hold at t = 0, one for each scenario; nil where all is cash.
  let openings: [OpeningSummary]?
  /// Agents that nobody chose and that stay out of a scenario; nil where all take part.
  let absences: [Absence]?
  /// What is drawn for each path, in the order of the numbers.
  let parameters: [ParameterFacts]
  let markets: [MarketFacts]
  let desks: [DeskFacts]
  /// Desks that are set against each other in one market; nil where none are.
  let comparisons: [ComparisonFacts]?
  /// What the study's desks must reach; nil where it says nothing.
  let criteria: [Criterion]?
  /// What ends a run before its budget does; nil where the study says nothing.
  let until: [Precision]?
  /// How often the intervals of such a run are to hold; nil likewise. `confidence` is what that takes.
  let coverage: Double?

  /// A parameter that is drawn for each path of a scenario.
  struct ParameterFacts: Codable, Sendable, Equatable {
    let scenario: String
    /// JSON pointer in the scenario's file.
    let pointer: String
    /// Nil for pure numbers, and for durations, which are in seconds.
    let unit: String?
    let isDuration: Bool
  }

  /// A market of the run.
  struct MarketFacts: Codable, Sendable, Equatable {
    let scenario: String
    let severity: Double
    let assets: [String]
    let clock: ClockSummary
    let fans: FanLayout
    /// True where nothing is drawn, so that every path is the same one; nil else.
    let isSameOnEveryPath: Bool?
    /// By what performance is told over a year; nil where the horizon is too short for that.
    let performance: PerformanceTerms?
    /// By what execution is judged; nil where the mandate is another.
    let execution: ExecutionTerms?

    /// Whether anything is drawn.
    var isDrawn: Bool { isSameOnEveryPath != true }
  }

  /// A desk of the run.
  struct DeskFacts: Codable, Sendable, Equatable {
    let desk: Int
    let market: Int
    let scenario: String
    let severity: Double
    let agent: String
    let risk: String
    let startEquity: Double
  }

  /// Two desks of one market, by their numbers.
  struct ComparisonFacts: Codable, Sendable, Equatable {
    let desk: Int
    let against: Int
  }
}

extension RunContext {
  /// Describes a plan.
  ///
  /// - Parameter gitRevision: of the checkout that the program runs from, when known.
  init(_ plan: RunPlan, gitRevision: String?) throws(StoreProblem) {
    let study = plan.file.study
    title = plan.file.title
    seed = plan.seed
    confidence = study.monteCarlo.intervalConfidence
    programVersion = Program.version
    programDigest = try Program.digest()
    self.gitRevision = gitRevision
    streamVersion = RandomStreams.version
    cpuLevel = CPULevel.current.rawValue
    files = try plan.file.inputFiles(agents: plan.agents)
    command = plan.file.command
    choices = plan.choices
    ruin = RuinSummary(equityBelow: study.ruin.equityBelow, monitored: study.ruin.monitored)
    recovery = RecoverySummary(from: study.recovery.from, level: study.recovery.level == 1 ? .all : .most)
    scenarios = zip(plan.file.scenarios, plan.eventTimes).map { file, times in file.summary(times) }
    agents = plan.file.agentLines(plan.agents)
    riskProfiles = plan.file.riskProfileLines
    studyParameters = plan.file.parameterLines
    var policies: [PolicyRecord] = []
    for name in plan.agents {
      if let agent = study.panel[name] as? PolicyAgent { policies.append(try PolicyRecord(name, agent)) }
    }
    self.policies = policies.isEmpty ? nil : policies
    absences = plan.absences.isEmpty ? nil : plan.absences
    let scenarios = scenarios
    parameters = plan.markets.flatMap { market in
      let scenario = scenarios[market.scenario]
      return zip(market.drawn?.pointers ?? [], market.drawn?.areDurations ?? []).map { pointer, isDuration in
        ParameterFacts(
          scenario: scenario.name, pointer: pointer,
          unit: scenario.parameters.first { $0.path == pointer }?.unit, isDuration: isDuration)
      }
    }
    markets = plan.markets.map { market in
      let scenario = scenarios[market.scenario]
      return MarketFacts(
        scenario: scenario.name, severity: market.severity, assets: market.market.description.assets,
        clock: scenario.clock, fans: market.fans,
        isSameOnEveryPath: market.market.description.isSameOnEveryPath ? true : nil,
        performance: market.performance, execution: market.execution)
    }
    desks = plan.markets.flatMap { market in
      market.desks.map { desk in
        DeskFacts(
          desk: desk.index, market: market.number, scenario: scenarios[market.scenario].name,
          severity: market.severity, agent: desk.agentName, risk: desk.riskName,
          startEquity: market.terms.startEquity)
      }
    }
    let openings = plan.markets.reduce(into: [OpeningSummary]()) { openings, market in
      let name = scenarios[market.scenario].name
      guard !openings.contains(where: { $0.scenario == name }) else { return }
      if let opening = OpeningSummary(scenario: name, market.market.description, market.terms) {
        openings.append(opening)
      }
    }
    self.openings = openings.isEmpty ? nil : openings
    let desks = desks
    // Where an agent has no desk, or was left out by the command line, there is nothing to compare.
    let comparisons = plan.markets.flatMap { market in
      study.compare.compactMap { pair -> ComparisonFacts? in
        func number(_ name: DeskName) -> Int? {
          desks.first { $0.market == market.number && $0.agent == name.agent && $0.risk == name.risk }?.desk
        }
        guard let desk = number(pair.desk), let against = number(pair.against) else { return nil }
        return ComparisonFacts(desk: desk, against: against)
      }
    }
    self.comparisons = comparisons.isEmpty ? nil : comparisons
    criteria = study.criteria.isEmpty ? nil : study.criteria
    until = study.monteCarlo.until.isEmpty ? nil : study.monteCarlo.until
    coverage = study.monteCarlo.until.isEmpty ? nil : study.monteCarlo.confidence
  }

  /// What two runs share when their outcomes belong together: the very program, the documents and the seed; ranges of
  /// paths and places of files do not matter.
  var fingerprint: String {
    let text =
      [
        programVersion, programDigest ?? "", "\(streamVersion)", cpuLevel, "\(seed)", "\(StoreSchema.version)",
        choices.joined(separator: " "),
      ] + files.map { "\($0.role.rawValue) \($0.sha256)" }
    return Digest.sha256(Array(text.joined(separator: "\n").utf8))
  }

  /// The command line that makes a range of the run again.
  func command(for paths: Range<Int64>) -> String {
    var words = ["stresslab", "run"] + command
    if paths.lowerBound > 0 { words += ["--first-path", "\(paths.lowerBound)"] }
    words += ["--paths", "\(paths.count)", "--seed", "\(seed)"] + choices
    return words.joined(separator: " ")
  }
}
