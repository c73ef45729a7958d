import Lanes
import Learning
import Randomness

/// A reward of c at every step, where c is drawn for each episode and can be seen; episodes are cut off after two to eight
/// steps, each at an age of its own. A state is worth c/(1 − γ).
package struct LevelIncome: SmallTask {
  package init() {}

  package var observations: Int { 1 }
  package var actions: ActionSpace { .categorical(choices: 2) }

  package func begin(_ z: NormalBlock) -> TaskState {
    [z.z0, floor(max(min(5 + 2 * z.z1, 8), 2)), .zero, .zero]
  }
  package func look(_ state: TaskState) -> [Lanes] { [state[0]] }
  package func isCut(_ state: TaskState, age: Lanes) -> Mask { age .>= state[1] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    (state[0], .none)
  }
}
