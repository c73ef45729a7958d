import Documents
import Markets
import Trading

/// What is wrong between a study and its scenarios: things that neither document can know alone.
struct StudyChecks {
  let study: Study
  let document: Document
  let scenarios: [ScenarioFile]
  /// Whether the study is not the user's own, but the default one.
  let isDefault: Bool

  /// What is wrong, and which agents that nobody chose stay out of which scenario: those of the default study, and those that
  /// a study has from one that it extends.
  var findings: (problems: [Problem], absences: [Absence]) {
    var problems: [Problem] = []
    var absences: [Absence] = []
    for file in scenarios {
      // A report tells of the events as they are written, at severity 1, whatever is run.
      let rungs = (study.ladder?.severities ?? []).filter { !study.severities.contains($0) }
      let told = (study.severities + rungs).contains(1) ? [] : [1.0]
      let (markets, violations) = file.markets(
        severities: study.severities + rungs + told, seed: UInt64(study.monteCarlo.seed))
      problems += violations
      // No severity changes what is asked of the others.
      guard let market = markets.first?.description else { continue }
      let terms = MarketTerms(market)
      let needs = study.panel.map { name, agent in (agent: name, all: self.needs(name, agent, terms, file)) }
        .filter { !$0.all.isEmpty }
      let leavesSome = needs.count < study.panel.names.count
      for (agent, all) in needs {
        if leavesSome, !isChosen(agent) {
          let reason = all.map(\.reason).joined(separator: "; ")
          absences.append(Absence(agent: agent, scenario: file.name, reason: reason))
        } else {
          problems += all.map(\.problem)
        }
      }
      problems += lookBackProblems(file, terms)
      problems += nameProblems(file, market)
      problems += AccountChecks(study: study, document: document).problems(file, market)
    }
    return (problems + criteriaProblems, absences)
  }

  /// Criteria of scenarios that the study has not.
  private var criteriaProblems: [Problem] {
    let names = scenarios.map(\.name) + scenarios.map { ScenarioFile.name(of: $0.path) }
    return study.criteria.enumerated().compactMap { index, criterion in
      guard let name = criterion.scenario, !names.contains(name) else { return nil }
      return problem(
        "/criteria/\(index)/scenario",
        "the study has no scenario called \(quoted(name))\(Suggestion.hint(for: name, among: names))")
    }
  }

  /// Whether the study itself names an agent.
  private func isChosen(_ agent: String) -> Bool {
    let node = document.root.node(at: "/panel/\(JSONPointer.escape(agent))")
    return !isDefault && node?.position.file == document.root.position.file
  }

  /// Something that an agent needs and a scenario does not have: as a problem, and as the reason of an absence.
  private struct Need {
    let problem: Problem
    let reason: String
  }

  private func needs(_ name: String, _ agent: any Agent, _ terms: MarketTerms, _ file: ScenarioFile) -> [Need] {
    let place = "/panel/\(JSONPointer.escape(name))"
    // Whoever runs a scenario alone has not written these.
    let who = "agent \(quoted(name))\(whose)"
    var needs: [Need] = []
    for asset in agent.assetNames where !terms.assets.contains(asset) {
      let reason = "no asset named \(quoted(asset))"
      needs.append(
        Need(
          problem: problem(place, "\(reason) in \(file.path)\(Suggestion.hint(for: asset, among: terms.assets))"),
          reason: reason))
    }
    if let complaint = agent.complaint(terms) {
      needs.append(
        Need(problem: problem(place, "\(complaint) in \(file.path)"), reason: complaint))
    }
    if agent.worksOffOpening, study.account.positions.isEmpty {
      let reason = "it works off what the account starts with, and that is cash alone"
      needs.append(
        Need(
          problem: problem(
            place, "\(who): \(reason); say \"account/positions\", or a mandate \"execute\" with orders"),
          reason: reason))
    }
    let steps = agent.lookBack(terms)
    if steps > terms.clock.warmupSteps {
      needs.append(
        Need(
          problem: lookBackProblem(who, steps, terms, file),
          reason: "it looks back \(count(steps)), and the warm-up has \(terms.clock.warmupSteps)"))
    }
    return needs
  }

  private var whose: String { isDefault ? " of the default study \(document.root.position.file)" : "" }

  private func lookBackProblems(_ file: ScenarioFile, _ terms: MarketTerms) -> [Problem] {
    study.risk.flatMap { name, profile in
      profile.rules.filter { $0.value.lookBack(terms) > terms.clock.warmupSteps }.map { rule in
        lookBackProblem(
          "rule \(quoted(rule.name)) of risk profile \(quoted(name))\(whose)", rule.value.lookBack(terms), terms, file)
      }
    }
  }

  private func lookBackProblem(_ who: String, _ steps: Int, _ terms: MarketTerms, _ file: ScenarioFile) -> Problem {
    file.problem(
      file.document.root.node(at: "/clock/warmup") == nil ? "/clock" : "/clock/warmup",
      "the warm-up of \(count(terms.clock.warmupSteps)) is shorter than what \(who) looks back: \(count(steps))")
  }

  private func count(_ steps: Int) -> String { "\(steps) step\(steps == 1 ? "" : "s")" }

  private func nameProblems(_ file: ScenarioFile, _ market: MarketDescription) -> [Problem] {
    guard let event = study.recovery.from, !market.events.contains(event) else { return [] }
    return [
      problem(
        "/recovery/from",
        "no event named \(quoted(event)) in \(file.path)\(Suggestion.hint(for: event, among: market.events))")
    ]
  }

  private func problem(_ pointer: String, _ message: String) -> Problem {
    let node = document.root.node(at: pointer) ?? document.root
    return Problem(position: node.position, path: node.path, message: message)
  }
}
