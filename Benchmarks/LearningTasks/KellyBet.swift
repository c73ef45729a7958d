import Lanes
import Learning
import Randomness

/// Kelly's bet on a lognormal return of drift .05 and volatility .2: reward ln(1 + fR), R = exp(μ − ½σ² + σε) − 1.
///
/// Best: f = 1.2406 (by quadrature; 1.25 in continuous time). Below a hundredth of the wealth the reward stays at its
/// logarithm.
package struct KellyBet: SmallTask {
  package let drift = 0.05
  package let volatility = 0.2

  package init() {}

  package var observations: Int { 1 }
  package var actions: ActionSpace { .gaussian(low: [0], high: [3]) }

  package func begin(_ z: NormalBlock) -> TaskState { TaskState(repeating: .zero) }
  package func look(_ state: TaskState) -> [Lanes] { [.one] }
  package func step(_ state: inout TaskState, _ action: Lanes, _ z: NormalBlock) -> (reward: Lanes, isTerminal: Mask) {
    let simple = expm1(z.z0 * volatility + (drift - 0.5 * volatility * volatility))
    return (log(max(1 + action * simple, Lanes(0.01))), .none)
  }
}
