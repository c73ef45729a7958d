import Lanes
import Learning
import Randomness

/// A reward of 1 at every step. Episodes that end show how far they are, and k steps from the end are worth
/// (1 − γᵏ)/(1 − γ); those that a limit of time cuts off show nothing, and are worth 1/(1 − γ) throughout.
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
  package func look(_ state: TaskState) -> [Lanes] { [isCut ? .zero : state[0] * (2 / Double(steps)) - 1] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    state[0] += 1
    return (.one, isCut ? .none : state[0] .>= Double(steps))
  }
}
