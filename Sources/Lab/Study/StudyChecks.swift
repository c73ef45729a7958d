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

  var problems: [Problem] {
    var problems: [Problem] = []
    for file in scenarios {
      let (markets, violations) = file.markets(
        severities: study.severities, seed: UInt64(study.monteCarlo.seed))
      problems += violations
      // No severity changes what is asked of the others.
      guard let market = markets.first?.description else { continue }
      problems += lookBackProblems(file, market)
      problems += nameProblems(file, market)
      problems += equityProblems(file, market)
    }
    return problems
  }

  private func lookBackProblems(_ file: ScenarioFile, _ market: MarketDescription) -> [Problem] {
    let terms = MarketTerms(market)
    // Whoever runs a scenario alone has not written these.
    let whose = isDefault ? " of the default study \(document.root.position.file)" : ""
    var needs: [(who: String, steps: Int)] = study.panel.map {
      ("agent \(quoted($0.name))\(whose)", $0.value.lookBack(terms))
    }
    for profile in study.risk {
      needs += profile.value.rules.map { rule in
        ("rule \(quoted(rule.name)) of risk profile \(quoted(profile.name))\(whose)", rule.value.lookBack(terms))
      }
    }
    let warmup = market.clock.warmupSteps
    return needs.filter { $0.steps > warmup }.map { need in
      file.problem(
        file.document.root.node(at: "/clock/warmup") == nil ? "/clock" : "/clock/warmup",
        "the warm-up of \(count(warmup)) is shorter than what \(need.who) looks back: \(count(need.steps))")
    }
  }

  private func count(_ steps: Int) -> String { "\(steps) step\(steps == 1 ? "" : "s")" }

  private func nameProblems(_ file: ScenarioFile, _ market: MarketDescription) -> [Problem] {
    var problems: [Problem] = []
    for (name, agent) in study.panel {
      for asset in agent.assetNames where !market.assets.contains(asset) {
        problems.append(
          problem(
            "/panel/\(JSONPointer.escape(name))",
            "no asset named \(quoted(asset)) in \(file.path)\(Suggestion.hint(for: asset, among: market.assets))"))
      }
      for complaint in agent.complaints(MarketTerms(market)) {
        problems.append(problem("/panel/\(JSONPointer.escape(name))", "\(complaint) in \(file.path)"))
      }
    }
    if let event = study.recovery.from, !market.events.contains(event) {
      problems.append(
        problem(
          "/recovery/from",
          "no event named \(quoted(event)) in \(file.path)\(Suggestion.hint(for: event, among: market.events))"))
    }
    return problems
  }

  private func equityProblems(_ file: ScenarioFile, _ market: MarketDescription) -> [Problem] {
    guard study.account.equity == nil, DeskTerms.defaultEquity(market) == nil else { return [] }
    return [
      problem("/account", "\(file.path) trades nothing by which the default equity could be set: give \"equity\"")
    ]
  }

  private func problem(_ pointer: String, _ message: String) -> Problem {
    let node = document.root.node(at: pointer) ?? document.root
    return Problem(position: node.position, path: node.path, message: message)
  }
}

extension DeskTerms {
  /// 0.1 % of one day's traded value of the least traded asset, in quote currency; nil when no desk may start with that.
  package static func defaultEquity(_ market: MarketDescription) -> Double? {
    guard let least = market.tradedValuePerDay.min(), Study.equities.contains(least * 0.001) else { return nil }
    return least * 0.001
  }
}
