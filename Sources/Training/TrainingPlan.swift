import Agents
import Documents
import Lab
import Learning
import Markets
import Randomness
import Trading

/// What `stresslab train` executes: what is learned on, what the agent sees, does and may do, and how it is judged.
package struct TrainingPlan: Sendable {
  /// For people.
  package let title: String
  /// What the training asks; may be empty.
  package let description: String
  /// What it is trained on.
  package let scenarios: [TrainingScenario]
  /// The assets that it trades, in the order of its inputs and actions; nil: all of the first scenario.
  package let assets: [String]?
  /// Starting equity in quote currency; nil as in a study.
  package let equity: Double?
  /// What it has to trade by the horizon of each episode, which so starts with the opposite; none: all is cash.
  package let orders: Study.Mandate.Orders
  /// The rules that stand between it and the venue while it learns.
  package let rules: Named<any RiskRule>
  /// When it counts as ruined.
  package let ruin: RuinTerms
  /// What it sees.
  package let observations: ObservationSet
  /// What it decides.
  package let actions: PolicyActions
  /// How far it may go.
  package let mandate: Mandate
  /// What a step is worth.
  package let reward: any Reward
  /// Widths of the hidden layers, of the policy's tower and the value function's alike.
  package let hidden: [Int]
  /// What follows them.
  package let activation: Activation
  /// How it learns.
  package let hyperparameters: PPOParameters
  /// How it is judged.
  package let validation: Validation
  /// Its windows over recorded bars; nil where it is one training.
  package let walkForward: WalkForward?
  /// What all draws follow from; a training for each.
  package let seeds: [Int]

  /// The document.
  package static let form = Form(
    Field("stresslab", .constant("training/1"), "what the document is"),
    Field("title", .string, "the training's name for people"),
    Field("description", .string(mayBeEmpty: true), default: "", "what it asks"),
    Field("scenarios", .list(.form(TrainingScenario.form), count: 1...64), "what the agent is trained on"),
    Field(
      "assets", .optional(.list(.string, count: 1...64)),
      "the assets that it trades, in the order of its inputs; left out: all of the first scenario"),
    Field(
      "equity", .optional(.number(.currency, in: .between(1e-9, 1e21))),
      "starting equity; left out: what the orders are worth, or without any 0.1 % of one day's traded value of the least "
        + "traded asset"),
    Field(
      "orders", .orders, default: .nothing,
      "units to trade by the horizon, by asset: above 0 bought, under 0 sold; an episode starts with the opposite"),
    Field("rules", .named(.model(RiskRules.catalogue)), default: Named(), "risk rules that hold while it learns"),
    Field(
      "ruinBelow", .number(.fractionOfEquity, in: .between(0, 0.99)), default: 0.5,
      "ruin, which ends an episode, at or under this fraction of starting equity"),
    Field("observations", .observations, "what it sees at every close"),
    Field("actions", .model(PolicyActions.catalogue), default: .weights, "what it decides"),
    Field("mandate", .form(Mandate.form), "how far it may go"),
    Field("reward", .reward, default: LogGrowth(), "what a step is worth"),
    Field(
      "hidden", .list(.integer(in: 1...4096), count: 0...8), default: [32, 32],
      "widths of the hidden layers of policy and value function"),
    Field("activation", .word(Activation.self), default: .tanh, "what follows them"),
    Field("hyperparameters", .formOrDefaults(PPOParameters.form), "how it learns"),
    Field("validation", .formOrDefaults(Validation.form), "how it is judged while it learns"),
    Field(
      "walkForward", .optional(.form(WalkForward.form)),
      "windows that roll over recorded bars, each a training with bars to choose on and bars to be judged on"),
    Field(
      "seeds", .list(.integer(in: 0...Int.max), count: 1...1000), default: [1],
      "what all draws follow from: a training for each"),
    make: {
      (
        _, title, description, scenarios, assets, equity, orders, rules, ruinBelow, observations, actions, mandate,
        reward, hidden, activation, hyperparameters, validation, walkForward, seeds
      ) throws(FormViolation) in
      guard Set(seeds).count == seeds.count else { throw FormViolation("seeds", "a seed stands here twice") }
      if let assets, Set(assets).count != assets.count { throw FormViolation("assets", "an asset stands here twice") }
      return TrainingPlan(
        title: title, description: description, scenarios: scenarios, assets: assets, equity: equity, orders: orders,
        rules: rules,
        ruin: RuinTerms(equityBelow: ruinBelow, monitored: .withinStep), observations: observations,
        actions: actions, mandate: mandate, reward: reward, hidden: hidden, activation: activation,
        hyperparameters: hyperparameters, validation: validation, walkForward: walkForward, seeds: seeds)
    })
}
