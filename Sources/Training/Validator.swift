import Agents
import Documents
import Glibc
import Lab
import Lanes
import Learning
import Markets
import Randomness
import Trading

/// Judges policies while they learn: on paths that nothing is learned from, the same ones every time.
struct Validator {
  private let plan: TrainingPlan
  private let assets: [String]
  private let markets: [PlannedEpisode]
  private let file: TrainingFile

  /// The most lane groups that are lived through at once.
  private static let groups = 16

  /// - Throws: what a scenario says against its market; nothing where the file was checked.
  init(_ file: TrainingFile, seed: UInt64) throws(FormViolation) {
    self.file = file
    plan = file.plan
    assets = file.assets
    markets = try ScenarioEnvironment.markets(file, seed: seed, .validation)
  }

  /// The figure that the training names, over all markets by their probability.
  ///
  /// - Returns: nil where a measure has no figure on these paths.
  func value(of policy: Policy) -> Double? {
    let saved = SavedAgent(
      assets: assets, stepSeconds: nil, observations: plan.observations, actions: plan.actions, mandate: plan.mandate,
      training: nil, policy: policy)
    let agent = PolicyAgent(folder: "", saved)
    var sum = 0.0
    for planned in markets {
      guard let value = value(of: outcomes(agent, planned), planned) else { return nil }
      sum += planned.probability * value
    }
    return sum
  }

  /// What becomes of an agent on the paths of a market.
  func outcomes(_ agent: any Agent, _ planned: PlannedEpisode) -> [OutcomeRow] {
    let desk = Desk(index: 0, agentName: "learner", agent: agent, riskName: "", rules: plan.rules.values)
    let description = planned.market.description
    let groups = min(Self.groups, (plan.validation.paths + Lanes.count - 1) / Lanes.count)
    let tile = planned.market.makeTile(groups: groups)
    let panel = PanelTile([desk], market: description, terms: planned.terms, groups: groups)
    var rows: [OutcomeRow] = []
    for first in stride(from: 0, to: plan.validation.paths, by: groups * Lanes.count) {
      tile.reset(firstPath: UInt64(first))
      panel.reset(tile)
      for _ in 0..<description.clock.warmupSteps + description.clock.steps {
        tile.advance()
        panel.advance(tile)
      }
      for path in 0..<min(groups * Lanes.count, plan.validation.paths - first) {
        rows.append(panel.desks[0].outcome(path: path, number: Int64(first + path)))
      }
    }
    return rows
  }

  private func value(of rows: [OutcomeRow], _ planned: PlannedEpisode) -> Double? {
    let clock = planned.market.description.clock
    guard plan.validation.measure != Validation.growth else {
      let place = OutcomeColumn.fact(.finalEquity).place
      return rows.reduce(0) { $0 + log(max($1.values[place] / planned.terms.startEquity, LogGrowth.floor)) }
        / Double(rows.count)
    }
    guard let measure = Validation.measures.first(where: { $0.name == plan.validation.measure }) else { return nil }
    let context = MeasureContext(
      startEquity: planned.terms.startEquity, stepSeconds: clock.stepSeconds, steps: clock.steps,
      ruin: RuinSummary(equityBelow: plan.ruin.equityBelow, monitored: plan.ruin.monitored), confidence: 0.95,
      execution: planned.execution)
    return measure.figure(rows, context)
  }
}

extension Measure {
  /// Its one number of some outcomes.
  fileprivate func figure(_ rows: [OutcomeRow], _ context: MeasureContext) -> Double? {
    let table = OutcomeTable(columns, rows, level: .most)
    return estimate(DeskOutcomes(table, context), context)?.lines.first?.estimate.value
  }
}
