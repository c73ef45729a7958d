import Foundation
import Lanes
import Learning
import Randomness

/// Selling a position of a million shares in five days (R. Almgren & N. Chriss (2001), "Optimal execution of portfolio
/// transactions", J. Risk 3(2), the example of section 4.1): the action is the share of what is left to sell; the last
/// day sells the rest. The reward is less cost and risk, η̃n²/τ + λσ²τx², in millions; what every schedule costs alike is
/// left out.
///
/// Best: x/X = sinh κ(T − t)/sinh κT with 2(cosh κτ − 1)/τ² = λσ²/η̃ (their eq. 16 to 18), here 1, .542, .290, .148,
/// .062, 0.
package struct Liquidation: SmallTask {
  /// T and N; τ is one day.
  package static let days = 5
  /// η̃ = η − ½γτ.
  private let temporary = 2.5e-6 - 0.5 * 2.5e-7
  /// λσ².
  private let riskPrice = 1e-6 * 0.95 * 0.95
  private let size = 1e6

  package init() {}

  package var observations: Int { 2 }
  package var actions: ActionSpace { .gaussian(low: [0], high: [1]) }

  /// What is left after each day on the best schedule, from 1 to 0.
  package var bestSchedule: [Double] {
    let kappa = acosh(1 + 0.5 * riskPrice / temporary)
    let days = Double(Self.days)
    return (0...Self.days).map { sinh(kappa * (days - Double($0))) / sinh(kappa * days) }
  }

  /// The sum of a schedule's rewards.
  package func reward(_ schedule: [Double]) -> Double {
    var sum = 0.0
    for day in 1..<schedule.count {
      let sold = schedule[day - 1] - schedule[day]
      sum -= 1e-6 * size * size * (temporary * sold * sold + riskPrice * schedule[day] * schedule[day])
    }
    return sum
  }

  /// What is left after each day when a policy sells.
  package func schedule(_ policy: Policy) -> [Double] {
    let evaluator = PolicyEvaluator(policy)
    var state = begin(NormalBlock(.zero, .zero, .zero, .zero))
    var schedule = [1.0]
    var actions = [Lanes.zero]
    for _ in 0..<Self.days {
      evaluator.act(look(state), into: &actions)
      _ = step(&state, actions[0], NormalBlock(.zero, .zero, .zero, .zero))
      schedule.append(state[0][0])
    }
    return schedule
  }

  package func begin(_ z: NormalBlock) -> TaskState { [.one, .zero, .zero, .zero] }
  package func look(_ state: TaskState) -> [Lanes] { [state[0] * 2 - 1, state[1] * (2 / Double(Self.days)) - 1] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    let isLast = state[1] .>= Double(Self.days - 1)
    let sold = select(isLast, state[0], state[0] * action)
    state[0] -= sold
    state[1] += 1
    let cost = size * size * (temporary * sold * sold + riskPrice * state[0] * state[0])
    return (-1e-6 * cost, isLast)
  }
}
