import Statistics
import Threads

/// What a risk profile does for an agent in a scenario: the desk behind it less the one behind the first profile without
/// rules, path by path.
package struct ProfileEffect: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// θ of `survival`; above 0.
  package let severity: Double
  /// The agent of both desks.
  package let agent: String
  /// The profile that is judged.
  package let risk: String
  /// The profile that it is judged by: the first without rules, in the order of names.
  package let against: String
  /// P(survives) at the severity behind `risk` less that behind `against`, with Tango's interval of the paired difference.
  package let survival: Estimate
  /// The mean over paths of the final return behind `risk` less that behind `against` at severity 0, with Student's t
  /// interval: what the profile costs, or earns, in calm time. Nil where severity 0 was not run.
  package let calmReturn: Estimate?
  /// The same at the severity; nil in a file that does not say it.
  package let stressReturn: Estimate?
}

extension ProfileEffect {
  /// The same paths behind the profile that is judged and behind the one without rules.
  package struct Pair: Sendable {
    let behind, without: OutcomeTable
    let startEquity: Double

    /// - Parameters:
    ///   - behind: outcomes of the desk behind the profile, with cause and final equity, in the order of the paths.
    ///   - without: the same of the desk behind no rules.
    ///   - startEquity: of both, in quote currency.
    package init(behind: OutcomeTable, without: OutcomeTable, startEquity: Double) {
      self.behind = behind
      self.without = without
      self.startEquity = startEquity
    }

    /// How many more paths are survived behind the profile.
    package func survival(confidence: Double) -> Estimate {
      let (causes, others) = (behind[.fact(.cause)], without[.fact(.cause)])
      precondition(causes.count == others.count, "Invariant: all desks have the same paths")
      let pairs = zip(causes, others)
      return PairedShares(
        onlyFirst: pairs.count { $0 == 0 && $1 != 0 }, onlySecond: pairs.count { $0 != 0 && $1 == 0 }, of: causes.count
      ).estimate(confidence: confidence)
    }

    /// By how much the mean final return is higher behind the profile.
    package func finalReturn(confidence: Double) -> Estimate {
      let differences = zip(behind[.fact(.finalEquity)], without[.fact(.finalEquity)]).map { ($0 - $1) / startEquity }
      return Moments(differences).estimate(confidence: confidence)
    }
  }

  /// The desks of an effect, by their numbers.
  private struct Desks {
    let facts: RunContext.DeskFacts
    let against: RunContext.DeskFacts
    /// Both at severity 0.
    let calm: (behind: Int, against: Int)?
  }

  /// What each profile but the first without rules does for each agent, at each severity above 0, in the order of the desks;
  /// nil where there is none to judge or none to judge by.
  static func all(_ desks: [DeskWork], _ context: RunContext, threads: Int) throws(StoreProblem) -> [ProfileEffect]? {
    let present = Set(context.desks.map(\.risk))
    guard let outcomes = desks.first?.outcomes,
      let against = context.riskProfiles.first(where: { $0.isWithoutRules && present.contains($0.name) })
    else { return nil }
    var numbers: [[String]: [Double: RunContext.DeskFacts]] = [:]
    for facts in context.desks {
      numbers[[facts.scenario, facts.agent, facts.risk], default: [:]][facts.severity] = facts
    }
    let pairs = context.desks.compactMap { facts -> Desks? in
      guard facts.severity > 0, context.markets[facts.market].isDrawn, facts.risk != against.name,
        let other = numbers[[facts.scenario, facts.agent, against.name]]?[facts.severity]
      else { return nil }
      let calm = [facts.risk, against.name].compactMap { numbers[[facts.scenario, facts.agent, $0]]?[0]?.desk }
      return Desks(facts: facts, against: other, calm: calm.count == 2 ? (calm[0], calm[1]) : nil)
    }
    guard !pairs.isEmpty else { return nil }
    let confidence = context.confidence
    let effects = orderedMap(pairs.count, threads: threads) { number in
      let pair = pairs[number]
      func tables(_ behind: Int, _ without: Int) -> Pair {
        Pair(
          behind: outcomes.table(desk: behind), without: outcomes.table(desk: without),
          startEquity: pair.facts.startEquity)
      }
      let stressed = tables(pair.facts.desk, pair.against.desk)
      return ProfileEffect(
        scenario: pair.facts.scenario, severity: pair.facts.severity, agent: pair.facts.agent, risk: pair.facts.risk,
        against: against.name,
        survival: stressed.survival(confidence: confidence),
        calmReturn: pair.calm.map { tables($0.behind, $0.against).finalReturn(confidence: confidence) },
        stressReturn: stressed.finalReturn(confidence: confidence))
    }
    try outcomes.checkRead()
    return effects
  }
}
