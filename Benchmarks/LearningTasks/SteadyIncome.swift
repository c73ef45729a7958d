import Lanes
import Learning
import Randomness

/// A reward of 1 at every step, for a time that can be seen: with ends the value of k steps to go is (1 − γᵏ)/(1 − γ),
/// with cuts by a limit of time it is 1/(1 − γ) throughout.
package struct SteadyIncome: SmallTask {
  package let steps: Int
  package let isCut: Bool

  package init(steps: Int, isCut: Bool) {
    self.steps = steps
    self.isCut = isCut
  }

  package var observations: Int { 1 }
  package var actions: ActionSpace { .categorical(choices: 2) }
  package var timeLimit: Int? { isCut ? steps : nil }

  package func begin(_ z: NormalBlock) -> TaskState { TaskState(repeating: .zero) }
  package func look(_ state: TaskState) -> [Lanes] { [state[0] * (2 / Double(steps)) - 1] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    state[0] += 1
    return (.one, isCut ? .none : state[0] .>= Double(steps))
  }
}
