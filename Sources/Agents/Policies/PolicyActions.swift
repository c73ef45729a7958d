import Documents
import Lanes
import Learning
import Trading

/// What an agent's network decides, and what that means for its positions.
package enum PolicyActions: Sendable, Hashable {
  /// A number for each asset in −1…1 (0…1 where the mandate forbids short positions), times the mandate's leverage; where
  /// they add up to more than the leverage, all are scaled down to it.
  case weights
  /// One of some portfolios: for each a number for each asset, as above.
  case choices([[Double]])

  private static let choicesForm = Form(
    Field(
      "portfolios", .list(.list(.number(.factor, in: .between(-1, 1)), count: 1...64), count: 2...1024),
      "for each choice a number for each asset, in units of the mandate's leverage"),
    make: { PolicyActions.choices($0) })

  /// The kinds of actions by their `model`.
  package static let catalogue = Catalogue<PolicyActions>(
    "actions",
    .entry("weights", Form<PolicyActions>(make: { .weights }), "a weight of each asset") { $0 },
    .entry("choices", choicesForm, "one of some portfolios") { $0 },
  )

  /// As they are written.
  package var json: JSONValue {
    switch self {
    case .weights: ["model": "weights"]
    case .choices(let portfolios):
      [
        "model": "choices",
        "portfolios": .array(portfolios.map { .array($0.map { .number($0) }) }),
      ]
    }
  }

  /// What the network's head has to be for so many assets.
  package func space(assets: Int, _ mandate: Mandate) -> ActionSpace {
    switch self {
    case .weights:
      .gaussian(
        low: Array(repeating: mandate.short ? -1 : 0, count: assets), high: Array(repeating: 1, count: assets))
    case .choices(let portfolios): .categorical(choices: portfolios.count)
    }
  }

  /// What does not fit so many assets or a mandate, with the place below the actions.
  package func violations(assets: Int, _ mandate: Mandate) -> [FormViolation] {
    guard case .choices(let portfolios) = self else { return [] }
    return portfolios.enumerated().compactMap { index, portfolio in
      let place = "portfolios/\(index)"
      if portfolio.count != assets {
        return FormViolation(place, "\(portfolio.count) numbers for \(assets) assets")
      }
      if !mandate.short, portfolio.contains(where: { $0 < 0 }) {
        return FormViolation(place, "the mandate forbids short positions")
      }
      return nil
    }
  }
}

/// Turns the numbers that a network decides into decisions.
struct ActionTranslation {
  private let actions: PolicyActions
  private let mandate: Mandate
  /// Places of the agent's assets in the market.
  private let assets: [Int]
  /// The target weights of eight paths, by asset of the agent.
  private(set) var weights: [Lanes]

  init(_ actions: PolicyActions, _ mandate: Mandate, assets: [Int]) {
    self.actions = actions
    self.mandate = mandate
    self.assets = assets
    weights = Array(repeating: .zero, count: assets.count)
  }

  /// Writes what the agent wants; assets that it does not trade are left alone.
  ///
  /// - Parameter numbers: [group · size + index], as the network gives them.
  mutating func decide(
    _ numbers: [Lanes], _ account: AccountView, _ decisions: inout ContiguousArray<Decision>
  ) {
    for index in decisions.indices { decisions[index] = .hold }
    for group in 0..<account.groups {
      setWeights(numbers, group)
      for (index, asset) in assets.enumerated() {
        let held = account.weight(asset: asset, group: group)
        let isOff = abs(weights[index] - held) .> mandate.deadBand
        // That nothing is wanted is said where nothing is held, too: a rule may wait for it.
        decisions[asset * account.groups + group] = Decision(
          weight: weights[index], acts: isOff | (weights[index] .== 0))
      }
    }
  }

  /// Takes up the target weights of a group.
  ///
  /// - Parameter numbers: [group · size + index], as the network gives them.
  mutating func setWeights(_ numbers: [Lanes], _ group: Int) {
    switch actions {
    case .weights:
      var gross = Lanes.zero
      for index in weights.indices {
        weights[index] = numbers[group * weights.count + index]
        gross += abs(weights[index])
      }
      let scale = mandate.leverage / max(gross, .one)
      for index in weights.indices { weights[index] *= scale }
    case .choices(let portfolios):
      let choice = numbers[group]
      for index in weights.indices {
        var weight = Lanes.zero
        for (number, portfolio) in portfolios.enumerated() where portfolio[index] != 0 {
          weight.replace(with: Lanes(portfolio[index] * mandate.leverage), where: choice .== Double(number))
        }
        weights[index] = weight
      }
    }
  }
}
