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
  /// How fast to work off what the account holds: a number for each asset, −1 for a pace of 0, 0 for one of 1, 1 for `fastest`,
  /// on a line between them. A pace of 1 trades so much that the same at every close left ends with nothing; 2 twice that.
  case pace(fastest: Double)

  private static let choicesForm = Form(
    Field(
      "portfolios", .list(.list(.number(.factor, in: .between(-1, 1)), count: 1...64), count: 2...1024),
      "for each choice a number for each asset, in units of the mandate's leverage"),
    make: { PolicyActions.choices($0) })

  private static let paceForm = Form(
    Field(
      "fastest", .number(.factor, in: .between(2, 1000)), default: 3,
      "the largest pace; 1 is even over the closes that are left, and 0 the smallest"),
    make: { PolicyActions.pace(fastest: $0) })

  /// The kinds of actions by their `model`.
  package static let catalogue = Catalogue<PolicyActions>(
    "actions",
    .entry("weights", Form<PolicyActions>(make: { .weights }), "a weight of each asset") { $0 },
    .entry("choices", choicesForm, "one of some portfolios") { $0 },
    .entry("pace", paceForm, "how fast each position that the account starts with is worked off") { $0 },
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
    case .pace(let fastest): ["model": "pace", "fastest": .number(fastest)]
    }
  }

  /// What the network's head has to be for so many assets.
  package func space(assets: Int, _ mandate: Mandate) -> ActionSpace {
    switch self {
    case .weights:
      .gaussian(
        low: Array(repeating: mandate.short ? -1 : 0, count: assets), high: Array(repeating: 1, count: assets))
    case .choices(let portfolios): .categorical(choices: portfolios.count)
    case .pace:
      .gaussian(low: Array(repeating: -1, count: assets), high: Array(repeating: 1, count: assets))
    }
  }

  /// Whether it works off what the account starts with.
  package var worksOffOpening: Bool { if case .pace = self { true } else { false } }

  /// What the largest action stands for: gross leverage, or a pace.
  package func largest(_ mandate: Mandate) -> Double {
    if case .pace(let fastest) = self { fastest } else { mandate.leverage }
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
  /// The targets of eight paths, by asset of the agent: weights, or paces.
  private(set) var targets: [Lanes]

  init(_ actions: PolicyActions, _ mandate: Mandate, assets: [Int]) {
    self.actions = actions
    self.mandate = mandate
    self.assets = assets
    targets = Array(repeating: .zero, count: assets.count)
  }

  /// Writes what the agent wants; assets that it does not trade are left alone.
  ///
  /// - Parameter numbers: [group · size + index], as the network gives them.
  mutating func decide(
    _ numbers: [Lanes], _ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>
  ) {
    for index in decisions.indices { decisions[index] = .hold }
    let perCloses = 1 / Double(max(1, market.decisionsLeft))
    for group in 0..<account.groups {
      setTargets(numbers, group)
      for (index, asset) in assets.enumerated() {
        let held = account.weight(asset: asset, group: group)
        let place = asset * account.groups + group
        if actions.worksOffOpening {
          let left = held * max(.zero, 1 - targets[index] * perCloses)
          decisions[place] = Decision(weight: left, acts: .all)
        } else {
          let isOff = abs(targets[index] - held) .> mandate.deadBand
          // That nothing is wanted is said where nothing is held, too: a rule may wait for it.
          decisions[place] = Decision(weight: targets[index], acts: isOff | (targets[index] .== 0))
        }
      }
    }
  }

  /// Takes up the targets of a group.
  ///
  /// - Parameter numbers: [group · size + index], as the network gives them.
  mutating func setTargets(_ numbers: [Lanes], _ group: Int) {
    switch actions {
    case .weights:
      var gross = Lanes.zero
      for index in targets.indices {
        targets[index] = numbers[group * targets.count + index]
        gross += abs(targets[index])
      }
      let scale = mandate.leverage / max(gross, .one)
      for index in targets.indices { targets[index] *= scale }
    case .choices(let portfolios):
      let choice = numbers[group]
      for index in targets.indices {
        var weight = Lanes.zero
        for (number, portfolio) in portfolios.enumerated() where portfolio[index] != 0 {
          weight.replace(with: Lanes(portfolio[index] * mandate.leverage), where: choice .== Double(number))
        }
        targets[index] = weight
      }
    case .pace(let fastest):
      for index in targets.indices {
        let number = numbers[group * targets.count + index]
        targets[index] = 1 + number * select(number .> 0, Lanes(fastest - 1), .one)
      }
    }
  }
}
