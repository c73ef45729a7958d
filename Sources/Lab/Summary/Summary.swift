/// Every number of a report: what `summary.json` holds and what the page is drawn from.
///
/// The same run gives the same bytes, whatever the number of threads, the tile width, or how often it was interrupted:
/// no wall-clock time, no path of this machine stands in it.
package struct Summary: Codable, Sendable, Equatable {
  /// The layout's name and version: `"summary/1"`.
  package let schema: String
  /// The study's title; of a bare scenario, the scenario's.
  package let title: String
  /// What names the run that the numbers are of.
  package let run: RunIdentity
  /// When an account counts as ruined, in all of its desks.
  package let ruin: RuinSummary
  /// From what a desk recovers, and to where, in all of its desks.
  package let recovery: RecoverySummary
  /// In the study's order.
  package let scenarios: [ScenarioSummary]
  /// One per scenario and severity, in the study's order.
  package let markets: [MarketSummary]
  /// One per scenario, severity, agent and risk profile, in the order of the desks' numbers.
  package let desks: [DeskSummary]
  /// The agents that take part, in the order of their names; nil in a file that does not say them.
  package let agents: [AgentLine]?
  /// The risk profiles of the study, in the order of their names; nil in a file that does not say them.
  package let riskProfiles: [RiskProfileLine]?
  /// What the study says of accounts, rules, ruin, recovery and criteria, value by value, each with its source; nil in a file
  /// that does not say it.
  package let studyParameters: [ParameterLine]?
  /// Agents that nobody chose and a scenario cannot feed, which have no desk there; nil where there are none.
  package let absences: [Absence]?
  /// What the accounts hold at t = 0, one for each scenario in the study's order; nil where all is cash.
  package let openings: [OpeningSummary]?
  /// The trained agents that take part, in the order of their names; nil where there are none.
  package let policies: [PolicySummary]?
  /// Desks that the study sets against each other, one for each market that has both; nil where there are none.
  package let comparisons: [ComparisonLine]?
  /// What each risk profile does for each agent, against the first without rules; nil where there is none to judge
  /// or none to judge by.
  package let profileEffects: [ProfileEffect]?
  /// How many were impaired while events acted and later, and came back, by desk; nil where no event ends before the horizon.
  package let impairmentOnsets: [ImpairmentOnsets]?
  /// How survival falls with severity, by desk; nil where no ladder was run.
  package let severityCurves: [SeverityCurve]?
  /// What survival would be where fixed figures are others, one at a time; nil where none was asked.
  package let whatIfs: [WhatIfWorld]?
  /// What ruined desks, and when, in the order of their numbers; nil where none was ruined.
  package let ruins: [RuinStory]?
  /// On which drawn parameters survival hangs, by desk; nil where nothing is drawn, or hardly a path ruined or spared.
  package let sensitivities: [Sensitivity]?
  /// What the desks had to reach, and whether they did; nil in a file that does not say it.
  package let criteria: CriteriaSummary?
  /// Why the run has as many paths as it has; nil where the study asks for a number alone.
  package let stopping: StoppingSummary?
  /// How a case went whose answer is known; nil in a file that does not say it.
  package let knownCase: KnownCase?

  /// A run makes it from its store: `init(_:threads:)`.
  package init(
    schema: String, title: String, run: RunIdentity, ruin: RuinSummary, recovery: RecoverySummary,
    scenarios: [ScenarioSummary], markets: [MarketSummary], desks: [DeskSummary], agents: [AgentLine]? = nil,
    riskProfiles: [RiskProfileLine]? = nil, studyParameters: [ParameterLine]? = nil, absences: [Absence]? = nil,
    openings: [OpeningSummary]? = nil,
    policies: [PolicySummary]? = nil, comparisons: [ComparisonLine]? = nil, profileEffects: [ProfileEffect]? = nil,
    impairmentOnsets: [ImpairmentOnsets]? = nil,
    severityCurves: [SeverityCurve]? = nil, whatIfs: [WhatIfWorld]? = nil, ruins: [RuinStory]? = nil,
    sensitivities: [Sensitivity]? = nil,
    criteria: CriteriaSummary? = nil, stopping: StoppingSummary? = nil,
    knownCase: KnownCase? = nil
  ) {
    self.schema = schema
    self.title = title
    self.run = run
    self.ruin = ruin
    self.recovery = recovery
    self.scenarios = scenarios
    self.markets = markets
    self.desks = desks
    self.agents = agents
    self.riskProfiles = riskProfiles
    self.studyParameters = studyParameters
    self.absences = absences
    self.openings = openings
    self.policies = policies
    self.comparisons = comparisons
    self.profileEffects = profileEffects
    self.impairmentOnsets = impairmentOnsets
    self.severityCurves = severityCurves
    self.whatIfs = whatIfs
    self.ruins = ruins
    self.sensitivities = sensitivities
    self.criteria = criteria
    self.stopping = stopping
    self.knownCase = knownCase
  }
}

extension Summary {
  /// Whether the mandate is to execute, so that desks are judged by their shortfall.
  package var executes: Bool { desks.contains { $0.measures[Measures.ImplementationShortfall()] != nil } }

  /// The layout that this version writes.
  static let currentSchema = "summary/1"
}
