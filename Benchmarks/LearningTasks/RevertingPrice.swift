import Lanes
import Learning
import Randomness

/// A price that reverts: X′ = aX + ε, reward q·(X′ − X) − ½γq².
///
/// Best: q = −(1 − a)X/γ, worth (1 − a)/(2γ(1 + a)) a step.
package struct RevertingPrice: SmallTask {
  /// a.
  package let persistence = 0.8
  /// γ.
  package let aversion = 1.0

  package init() {}

  package var observations: Int { 1 }
  package var actions: ActionSpace { .gaussian(low: [-4], high: [4]) }
  /// The best position at a price of 1.
  package var slope: Double { -(1 - persistence) / aversion }
  /// What it earns a step.
  package var best: Double { (1 - persistence) / (2 * aversion * (1 + persistence)) }

  package func begin(_ z: NormalBlock) -> TaskState {
    [z.z0 * (1 / (1 - persistence * persistence).squareRoot()), .zero, .zero, .zero]
  }
  package func look(_ state: TaskState) -> [Lanes] { [state[0]] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    let next = state[0] * persistence + z.z0
    let reward = action * (next - state[0]) - 0.5 * aversion * action * action
    state[0] = next
    return (reward, .none)
  }
}
