import Agents
import Documents
import Markets
import Statistics
import Trading

/// What `stresslab run` executes: scenarios × severities × panel × risk profiles, on the same paths.
package struct Study: Sendable {
  /// For people; the report of a single bare scenario has the scenario's title instead.
  package let title: String
  /// What the study asks; may be empty.
  package let description: String
  /// Scenario files, relative to the study; none in a study for bare scenarios.
  package let scenarios: [String]
  /// Numbers of the scenarios that are varied.
  package let grid: Grid
  /// Severities θ of the events, in the order of the document.
  package let severities: [Double]
  /// Severities of the survival curve; nil: none is drawn.
  package let ladder: SeverityLadder?
  /// Fixed figures of the scenarios that are multiplied one at a time; nil: none is.
  package let whatIf: WhatIf?
  /// What every desk starts with.
  package let account: Account
  /// What the panel is asked to do.
  package let mandate: Mandate
  /// The agents by name.
  package let panel: Named<any Agent>
  /// The risk profiles by name: rules by name.
  package let risk: Named<RiskProfile>
  /// Desks that are set against each other, in the order of the document.
  package let compare: [Comparison]
  /// The desk whose returns every other's beta is measured by, in each market; nil: there is no beta.
  package let benchmark: DeskName?
  /// What the desks must reach; empty: the report shows the usual ones, which decide nothing.
  package let criteria: [Criterion]
  /// When a desk counts as ruined.
  package let ruin: RuinTerms
  /// What starts the clock of recovery, and the level that the report tells.
  package let recovery: Recovery
  /// Paths, seed and confidence; the command line may ask for other paths or another seed.
  package let monteCarlo: MonteCarlo
  /// Where the study's own figures come from.
  package let sources: [SourceNote]

  /// The rules that stand between an agent and the venue.
  package struct RiskProfile: Sendable {
    /// By name. Each may only narrow what the agent can hold, or place stops; without any, all goes through.
    package let rules: Named<any RiskRule>
  }

  /// From when recovery is watched, and to where.
  package struct Recovery: Sendable, Hashable {
    /// The event whose start starts the clock; nil: the earliest event to start on the path, or in a scenario without
    /// events the first close with a drawdown of 5 %.
    package let from: String?
    /// ρ: 0.95 or 1.
    package let level: Double
  }

  /// How much is simulated.
  package struct MonteCarlo: Sendable, Hashable {
    /// Paths of each scenario and severity, in 1…10⁹; the command line may ask for another number.
    package let paths: Int
    /// What all draws follow from, at least 0; the command line may ask for another.
    package let seed: Int
    /// That the study asks of every interval of the report.
    package let confidence: Double
    /// What ends a run before all paths are run; none: nothing does.
    package let until: [Precision]
    /// Paths at the first look.
    package let firstLook: Int

    /// Of every interval of the report: where a run may stop at several numbers of paths, as much more as makes them hold
    /// as often as the study asks.
    package var intervalConfidence: Double {
      until.isEmpty ? confidence : Precision.confidence(covering: confidence)
    }

    /// As documents write it.
    struct Written: Sendable {
      let paths: Int
      let seed: Int
      let confidence: Double
      let until: [Precision.Written]
      let firstLook: Int
    }
  }
}

extension Study {
  /// The study document.
  package static let form = Form(
    Field("stresslab", .constant("study/1"), "what the document is"),
    Field("title", .string, "the study's name for people"),
    Field("description", .string(mayBeEmpty: true), default: "", "what the study asks"),
    Field("scenarios", .list(.string), default: [], "scenario files, relative to this one"),
    Field("grid", .list(.form(Grid.Axis.form), count: 0...8), default: [], "numbers of the scenarios that are varied"),
    Field(
      "severities",
      .made(from: .list(.number(.factor, in: .between(0, Market.largestSeverity)), count: 1...64), distinct),
      default: [1], "severities of the events: log offsets times it, 0 is the market without them"),
    Field(
      "ladder", .optional(.form(SeverityLadder.form)),
      "severities at which survival alone is asked, on fewer paths: the margin of safety"),
    Field(
      "whatIf", .optional(.form(WhatIf.form)),
      "fixed figures that are multiplied one at a time, on fewer paths: what hangs on each"),
    Field("account", .formOrDefaults(accountForm), "the account that every desk starts with"),
    Field(
      "mandate", .model(Mandates.catalogue), default: .invest,
      "what the panel is asked to do, and so what it is judged by"),
    Field("panel", .named(.model(AgentModels.catalogue), count: 1...256), "the agents that face the same paths"),
    Field(
      "risk", .named(form: riskProfileForm, count: 1...64), default: Named([("none", RiskProfile(rules: Named()))]),
      "risk profiles: every agent runs under each"),
    Field(
      "compare", .list(.form(Comparison.Written.form)), default: [],
      "desks that are set against each other, path by path"),
    Field(
      "benchmark", .optional(.string),
      "the desk, as agent/profile, whose returns beta is measured by; left out: no beta"),
    Field(
      "criteria", .list(.form(Criterion.Written.form)), default: [],
      "what the desks must reach, written before anything is run"),
    Field("ruin", .formOrDefaults(ruinForm), "when a desk counts as ruined"),
    Field("recovery", .formOrDefaults(recoveryForm), "from what a desk recovers, and to where"),
    Field("monteCarlo", .formOrDefaults(monteCarloForm), "how much is simulated"),
    Field("sources", .sources, default: [], "where figures come from, by JSON pointer"),
    make: make)

  private static func make(
    _: String, title: String, description: String, scenarios: [String], grid: [Grid.Axis], severities: [Double],
    ladder: SeverityLadder?, whatIf: WhatIf?, account: Account, mandate: Mandate, panel: Named<any Agent>,
    risk: Named<RiskProfile>,
    compare: [Comparison.Written], benchmark: String?, criteria: [Criterion.Written], ruin: RuinTerms,
    recovery: Recovery,
    monteCarlo: MonteCarlo.Written, sources: [SourceNote]
  ) throws(FormViolation) -> Study {
    guard whatIf == nil || grid.isEmpty else {
      throw FormViolation("whatIf", "the grid varies figures already: say one of both")
    }
    let desks = panel.names.flatMap { agent in risk.names.map { DeskName(agent: agent, risk: $0) } }
    return Study(
      title: title, description: description, scenarios: scenarios, grid: try Grid(grid),
      severities: severities, ladder: ladder, whatIf: whatIf, account: try Self.opened(account, mandate),
      mandate: mandate,
      panel: panel, risk: risk,
      compare: try Comparison.found(compare, among: desks), benchmark: try Self.found(benchmark, among: desks),
      criteria: try Criterion.found(criteria, desks: desks, severities: severities, mandate: mandate), ruin: ruin,
      recovery: recovery,
      monteCarlo: MonteCarlo(
        paths: monteCarlo.paths, seed: monteCarlo.seed, confidence: monteCarlo.confidence,
        until: try Precision.found(monteCarlo.until, desks: desks), firstLook: monteCarlo.firstLook), sources: sources)
  }

  /// The severity of the events as written where it is run, else the highest that is: what figures are multiplied at.
  var judgedSeverity: Double { severities.contains(1) ? 1 : severities.max() ?? 1 }

  /// The account with what it starts with under a mandate.
  private static func opened(_ account: Account, _ mandate: Mandate) throws(FormViolation) -> Account {
    guard case .execute(let orders) = mandate else { return account }
    if orders.quantities.isEmpty {
      guard account.positions.isEmpty else { return account }
      throw FormViolation(
        "mandate", "there is nothing to execute: say \"orders\", or what the account holds in \"account/positions\"")
    }
    guard account.positions.isEmpty else {
      throw FormViolation(
        "mandate/orders", "the account has positions of its own, which are what is to be closed: say one of both")
    }
    return Account(equity: account.equity, positions: OpeningBook(owing: orders))
  }

  private static func found(_ benchmark: String?, among desks: [DeskName]) throws(FormViolation) -> DeskName? {
    guard let benchmark else { return nil }
    guard let desk = desks.first(where: { $0.text == benchmark }) else {
      let hint = Suggestion.hint(for: benchmark, among: desks.map(\.text))
      throw FormViolation("benchmark", "no desk is called \(quoted(benchmark))\(hint)")
    }
    return desk
  }

  private static let riskProfileForm = Form(
    Field("rules", .named(.model(RiskRules.catalogue)), "rules by name; each narrows the position"),
    make: RiskProfile.init)

  private static let ruinForm = Form(
    Field(
      "equityBelow", .number(.fractionOfEquity, in: .between(0, 0.99)), default: 0.5,
      "ruin at or under this fraction of starting equity; liquidation and equity at 0 always are"),
    Field("monitored", .word(RuinTerms.Monitoring.self), default: .withinStep, "how the equity is watched"),
    make: RuinTerms.init)

  private static let recoveryForm = Form(
    Field(
      "from", .optional(.string),
      "the event whose start starts the clock; left out: the earliest to start on the path"),
    Field(
      "level", .number(.fractionOfEquity, in: .between(0, 1)), default: 0.95, "what counts as recovered: 0.95 or 1"),
    make: { (from, level) throws(FormViolation) in
      guard level == 0.95 || level == 1 else {
        throw FormViolation("level", "\(JSONWriter.number(level)) is neither 0.95 nor 1")
      }
      return Recovery(from: from, level: level)
    })

  private static let monteCarloForm = Form(
    Field("paths", .integer(in: 1...1_000_000_000), default: 10_000, "paths of each scenario and severity"),
    Field("seed", .integer(in: 0...Int.max), default: 1, "what all draws follow from"),
    Field(
      "confidence", .number(in: .between(0.5, 0.9999)), default: Estimate.defaultConfidence,
      "of every interval in the report; where `until` may stop the run, of that many runs"),
    Field(
      "until", .list(.form(Precision.Written.form)), default: [],
      "intervals that are to be so narrow; then a run stops before all paths are run"),
    Field("firstLook", .integer(in: 1...1_000_000_000), default: 1000, "paths after which that is looked at first"),
    make: MonteCarlo.Written.init)

  private static func distinct(_ severities: [Double]) throws(FormViolation) -> [Double] {
    guard Set(severities).count == severities.count else { throw FormViolation("a severity stands here twice") }
    return severities
  }
}
