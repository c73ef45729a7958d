import Documents
import Drawing
import Lab
import Statistics

/// What the words of the answer stand for: the events, the risk profiles and ruin, a line each, before any figure.
struct Setting: Sendable {
  private let summary: Summary

  /// The setting of a run.
  init(_ summary: Summary) { self.summary = summary }

  /// Up to how many events, and how many profiles with rules, each has a line here; of more the sections tell.
  private static let most = 3

  /// A list of words and what they mean.
  var markup: Markup {
    let lines = tested + events + profiles + [("ruin", ruin), ("not said", unsaid)]
    return Markup(
      "dl", ["class": "setting"], lines.flatMap { [Markup("dt", text: $0.0), Markup("dd", text: $0.1)] })
  }

  /// The events of a run of one scenario, with the figures that the file has of them.
  private var events: [(String, String)] {
    guard summary.scenarios.count == 1, let scenario = summary.scenarios.first, scenario.events.count <= Self.most
    else {
      return []
    }
    return scenario.events.map { ($0.name, ScenarioStory(scenario: scenario).told($0)) }
  }

  private var profiles: [(String, String)] {
    let ruled = (summary.riskProfiles ?? []).filter { !$0.isWithoutRules }
    return ruled.count <= Self.most ? ruled.map { ($0.name, $0.text) } : []
  }

  /// Who is run, on what; of several scenarios their sections tell what each is.
  private var tested: [(String, String)] {
    let (agents, profiles) = (summary.agents?.count ?? 0, summary.riskProfiles?.count ?? 0)
    guard summary.scenarios.count == 1, let scenario = summary.scenarios.first, agents > 0, profiles > 0 else {
      return []
    }
    let agentText = agents == 1 ? "1 agent" : "\(agents) agents"
    let profileText =
      profiles == 1 ? "behind 1 risk profile" : "each behind \(profiles) risk profiles (a pair is a desk)"
    let leverages = (summary.agents ?? []).compactMap(\.leverage)
    let most =
      leverages.max().flatMap { $0 > 1 ? $0 : nil }.map {
        ", aiming at up to \(JSONWriter.number($0)) times their equity"
      } ?? ""
    let paths = Unit.decimal(Double(summary.run.paths), decimals: 0)
    let assets = listed(scenario.assets.map(\.name), most: 4)
    return [
      (
        "tested",
        "\(agentText)\(most), \(profileText), on \(paths) paths of \(assets) over "
          + "\(scenario.clock.unit.text(scenario.clock.horizonSeconds)) of trading"
      )
    ]
  }

  /// Where prices come from.
  private var origin: String {
    let processes = summary.scenarios.flatMap(\.assets).map(\.process)
    if processes.contains("paths") { return "its paths were made outside, on what is not known here," }
    return processes.contains("history") ? "it rests on recorded bars," : "it is made up,"
  }

  /// What nobody should read out of the figures.
  private var unsaid: String {
    let parameters = summary.scenarios.flatMap(\.parameters)
    let judged = parameters.count { $0.basis == .judgement || $0.basis == nil }
    let rests = judged > 0 ? "; \(judged) of its \(parameters.count) figures rest on judgement" : ""
    return
      "how often such a market comes or what it returns: \(origin) no figure is a forecast; intervals are about the number of "
      + "paths alone\(rests)\(easier)\(shocked)"
  }

  /// What is easier here than in any market, of each asset of which its process says so.
  private var easier: String {
    let caveats = summary.scenarios.flatMap { $0.caveats ?? [] }
    var said: [String] = []
    for caveat in caveats where !said.contains(caveat) { said.append(caveat) }
    return said.map { "; \($0)" }.joined()
  }

  /// Which trained agents have met events while they learned: where they live, that may be why.
  private var shocked: String {
    let agents = (summary.policies ?? []).filter { policy in
      policy.record.training?.scenarios?.contains { $0.severities.contains { $0 > 0 } } ?? false
    }.map(\.record.agent)
    return agents.isEmpty ? "" : "; \(listed(agents, most: 4)) learned on shocks"
  }

  /// What ruins an account, and when it is looked for.
  private var ruin: String {
    let limit = summary.ruin.equityBelow
    let level =
      limit > 0
      ? ", equity at or under zero, or equity at or under \(Unit.percent.text(limit, resolution: 1)) of the start"
      : ", or equity at or under zero"
    let monitored =
      summary.ruin.monitored == .withinStep
      ? "watched within each step" : "watched at each close, the venue’s margin call within steps"
    return "liquidated by the venue\(level); \(monitored)"
  }
}
