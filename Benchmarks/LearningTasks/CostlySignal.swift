import Lanes
import Learning
import Randomness

/// Trading a fading signal at a cost (Gârleanu & Pedersen 2013, J. Finance 68(6), with Σ = 1): f′ = (1 − ϕ)f + ε,
/// reward (1 − ρ)(xBf − ½γx²) − ½λ(x − x₋)².
///
/// Best: x = (1 − a/λ)x₋ + (a/λ)·Bf/(γ(1 + ϕa/γ)), with a = (−(γ(1 − ρ) + λρ) + √((γ(1 − ρ) + λρ)² + 4γλ(1 − ρ)²)) /
/// (2(1 − ρ)) (their proposition 2).
///
/// With λ = 10 who looks only at the next reward earns 88 % of the best, and who ignores the cost nothing.
package struct CostlySignal: SmallTask {
  /// γ.
  package var aversion = 2.0
  /// λ.
  package var cost = 10.0
  /// ϕ.
  package var fading = 0.1
  /// B.
  package var loading = 1.0
  /// ρ; the discount of the task is 1 − ρ.
  package var impatience = 0.02

  /// What an action of 1 buys. The action is a trade rather than a position, since noise in the position would cost more
  /// than there is to earn.
  private static let trade = 0.3

  package init() {}

  package var observations: Int { 2 }
  package var actions: ActionSpace { .gaussian(low: [-5], high: [5]) }
  package var timeLimit: Int? { 100 }

  private var a: Double {
    let patience = 1 - impatience
    let b = aversion * patience + cost * impatience
    return (-b + (b * b + 4 * aversion * cost * patience * patience).squareRoot()) / (2 * patience)
  }
  /// a/λ: the share of the way to the aim.
  package var rate: Double { a / cost }
  /// The aim for a signal of 1.
  package var aim: Double { loading / (aversion * (1 + fading * a / aversion)) }

  /// The best rule.
  package func best(_ observations: [Lanes], _ actions: inout [Lanes]) {
    for group in actions.indices {
      let (signal, held) = (observations[2 * group] * 2, observations[2 * group + 1])
      actions[group] = (signal * aim - held) * (rate / Self.trade)
    }
  }

  /// The best for the next reward alone.
  package func shortSighted(_ observations: [Lanes], _ actions: inout [Lanes]) {
    let patience = 1 - impatience
    for group in actions.indices {
      let (signal, held) = (observations[2 * group] * 2, observations[2 * group + 1])
      let wanted = (held * cost + signal * (patience * loading)) / Lanes(patience * aversion + cost)
      actions[group] = (wanted - held) / Lanes(Self.trade)
    }
  }

  /// The best if trading were free.
  package func careless(_ observations: [Lanes], _ actions: inout [Lanes]) {
    for group in actions.indices {
      let (signal, held) = (observations[2 * group] * 2, observations[2 * group + 1])
      actions[group] = (signal * (loading / aversion) - held) / Lanes(Self.trade)
    }
  }

  package func begin(_ z: NormalBlock) -> TaskState {
    let deviation = 1 / (1 - (1 - fading) * (1 - fading)).squareRoot()
    return [z.z0 * deviation, z.z1, .zero, .zero]
  }
  package func look(_ state: TaskState) -> [Lanes] { [state[0] * 0.5, state[1]] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    let change = action * Self.trade
    let held = state[1] + change
    let gain = held * state[0] * loading - 0.5 * aversion * held * held
    let reward = gain * (1 - impatience) - 0.5 * cost * change * change
    state[0] = state[0] * (1 - fading) + z.z0
    state[1] = held
    return (reward, .none)
  }
}
