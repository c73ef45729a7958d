import Lanes
import Learning

/// Asks a trained agent what it would want, given any inputs. One thread owns it.
package final class PolicyProbe {
  /// Inputs of its network.
  package let inputs: Int
  /// Assets that it trades.
  package let assets: Int
  private let evaluator: PolicyEvaluator
  private let size: Int
  private var translation: ActionTranslation

  /// A probe of an agent.
  package init(_ agent: SavedAgent) {
    inputs = agent.policy.architecture.observations
    assets = agent.assets.count
    evaluator = PolicyEvaluator(agent.policy)
    size = agent.policy.architecture.actions.size
    translation = ActionTranslation(agent.actions, agent.mandate, assets: Array(0..<agent.assets.count))
  }

  /// What it wants, [group · assets + asset]: target weights, multiples of equity, or paces, multiples of an even one.
  ///
  /// - Parameter observations: [group · inputs + index], as the agent would see them.
  package func targets(_ observations: [Lanes]) -> [Lanes] {
    let groups = observations.count / inputs
    var numbers = Array(repeating: Lanes.zero, count: groups * size)
    evaluator.act(observations, into: &numbers)
    return (0..<groups).flatMap { group in
      translation.setTargets(numbers, group)
      return translation.targets
    }
  }
}
