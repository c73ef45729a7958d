import Lanes
import Learning
import Randomness

/// Returns with memory, mean–variance: r′ = φr + √(1 − φ²)ε, reward a·r′ − ½γa²(1 − φ²). With φ = 0 and no penalty a
/// martingale: nothing can be earned.
///
/// Best: a = φr/(γ(1 − φ²)), worth φ²/(2γ(1 − φ²)) a step.
package struct AutoregressiveReturns: SmallTask {
  /// φ.
  package let memory: Double
  /// γ.
  package let aversion: Double
  /// The largest position.
  package let limit: Double

  package init(memory: Double = 0.5, aversion: Double = 1, limit: Double = 4) {
    self.memory = memory
    self.aversion = aversion
    self.limit = limit
  }

  package var observations: Int { 1 }
  package var actions: ActionSpace { .gaussian(low: [-limit], high: [limit]) }
  /// The best position for a return of 1.
  package var slope: Double { memory / (aversion * (1 - memory * memory)) }
  /// What it earns a step.
  package var best: Double { memory * memory / (2 * aversion * (1 - memory * memory)) }

  package func begin(_ z: NormalBlock) -> TaskState { [z.z0, .zero, .zero, .zero] }
  package func look(_ state: TaskState) -> [Lanes] { [state[0]] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    let variance = 1 - memory * memory
    state[0] = state[0] * memory + variance.squareRoot() * z.z0
    return (action * state[0] - 0.5 * aversion * variance * action * action, .none)
  }
}
