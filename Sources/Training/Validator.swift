import Agents
import Documents
import Glibc
import Lab
import Lanes
import Learning
import Markets
import Randomness
import Statistics
import Trading

/// Judges policies while they learn: on paths that nothing is learned from, the same ones every time.
struct Validator {
  private let plan: TrainingPlan
  private let assets: [String]
  /// Where it judges, one for each scenario and severity.
  let markets: [PlannedEpisode]
  private let file: TrainingFile
  /// Paths of each market.
  let paths: Int

  /// The most lane groups that are lived through at once.
  private static let groups = 16

  /// - Parameters:
  ///   - namespace: of the paths; those of validations unless it is said.
  ///   - paths: of each market; nil: as the training says.
  /// - Throws: what a scenario says against its market; nothing where the file was checked.
  init(
    _ file: TrainingFile, seed: UInt64, _ namespace: Namespace = .validation, paths: Int? = nil
  ) throws(FormViolation) {
    self.file = file
    plan = file.plan
    assets = file.assets
    markets = try ScenarioEnvironment.markets(file, seed: seed, namespace)
    self.paths = paths ?? file.plan.validation.paths
  }

  /// What a policy comes to: the figure that the training names, over all markets by their probability, and survival.
  func row(of policy: Policy, after update: UpdateRecord) -> ValidationRow {
    let agent = agent(policy)
    let judged = markets.map { (planned: $0, rows: outcomes(agent, $0)) }
    let estimate = estimate(judged)
    let survival = judged.reduce(0) { sum, market in
      sum + market.planned.probability * Double(market.rows.count { $0.cause == .none }) / Double(paths)
    }
    return ValidationRow(
      update: update.update, steps: update.steps, value: isOfGrowth ? growth(judged) : estimate?.value,
      estimate: estimate, survival: survival)
  }

  /// The mean of final log wealth, market by market: the figure that policies are chosen by.
  private func growth(_ judged: [(planned: PlannedEpisode, rows: [OutcomeRow])]) -> Double {
    judged.reduce(0) { sum, market in
      let growth = growth(market.rows, market.planned)
      return sum + market.planned.probability * (growth.reduce(0, +) / Double(growth.count))
    }
  }

  /// A policy as an agent at the training's desk.
  func agent(_ policy: Policy) -> PolicyAgent {
    let saved = SavedAgent(
      assets: assets, stepSeconds: nil, observations: plan.observations, actions: plan.actions, mandate: plan.mandate,
      training: nil, policy: policy)
    return PolicyAgent(folder: "", saved)
  }

  /// What becomes of an agent on the paths of a market.
  func outcomes(_ agent: any Agent, _ planned: PlannedEpisode) -> [OutcomeRow] {
    let desk = Desk(index: 0, agentName: "learner", agent: agent, riskName: "", rules: plan.rules.values)
    let description = planned.market.description
    let groups = min(Self.groups, (paths + Lanes.count - 1) / Lanes.count)
    let tile = planned.market.makeTile(groups: groups)
    let panel = PanelTile([desk], market: description, terms: planned.terms, groups: groups)
    var rows: [OutcomeRow] = []
    for first in stride(from: 0, to: paths, by: groups * Lanes.count) {
      tile.reset(firstPath: UInt64(first))
      panel.reset(tile)
      for _ in 0..<description.clock.warmupSteps + description.clock.steps {
        tile.advance()
        panel.advance(tile)
      }
      for path in 0..<min(groups * Lanes.count, paths - first) {
        rows.append(panel.desks[0].outcome(path: path, number: Int64(first + path)))
      }
    }
    return rows
  }

  /// Whether growth counts, and no measure of a desk.
  var isOfGrowth: Bool { plan.validation.measure == Validation.growth }

  /// Final log wealth of each path, floored as the reward is.
  func growth(_ rows: [OutcomeRow], _ planned: PlannedEpisode) -> [Double] {
    let place = OutcomeColumn.fact(.finalEquity).place
    return rows.map { log(max($0.values[place] / planned.terms.startEquity, LogGrowth.floor)) }
  }

  /// The measure that the training names, with its interval; nil where it has no figure on these paths.
  func measured(_ rows: [OutcomeRow], _ planned: PlannedEpisode) -> Estimate? {
    guard let measure = Validation.measures.first(where: { $0.name == plan.validation.measure }) else { return nil }
    let clock = planned.market.description.clock
    let context = MeasureContext(
      startEquity: planned.terms.startEquity, stepSeconds: clock.stepSeconds, steps: clock.steps,
      ruin: RuinSummary(equityBelow: plan.ruin.equityBelow, monitored: plan.ruin.monitored), confidence: 0.95,
      execution: planned.execution)
    return measure.figure(rows, context)
  }
}

extension Measure {
  /// Its one number of some outcomes.
  fileprivate func figure(_ rows: [OutcomeRow], _ context: MeasureContext) -> Estimate? {
    let table = OutcomeTable(columns, rows, level: .most)
    return estimate(DeskOutcomes(table, context), context)?.lines.first?.estimate
  }
}
