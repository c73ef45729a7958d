import Lanes
import Randomness

/// A task that an agent learns on: many copies of it side by side, eight to a group of lanes.
///
/// The task is a value; the state of a tile of copies is a separate object that one thread owns. What happens in copy
/// number n is a function of (seed, n, the actions) alone.
package protocol Environment: Sendable {
  /// Its name and everything that sets it apart from other tasks of that name: a checkpoint goes on with this task alone.
  var identity: String { get }
  /// The number of observations.
  var observations: Int { get }
  /// What an agent decides at each step.
  var actions: ActionSpace { get }
  /// The state of `groups` × 8 copies, numbered from 0.
  ///
  /// Stream names that begin with `learner/` are the learner's own.
  func makeTile(groups: Int, streams: RandomStreams) -> any EnvironmentTile
}

/// Some copies of an environment, advancing in lockstep.
package protocol EnvironmentTile: AnyObject {
  /// Begins a first episode in every copy.
  ///
  /// - Parameter observations: what each copy shows, [group · observations + index].
  func begin(_ observations: inout [Lanes])
  /// Makes one step in every copy; where an episode ends, the next begins at once, or the copy is idle until it does.
  ///
  /// - Parameters:
  ///   - actions: [group · size + index]: the number of the choice, or the numbers after clipping.
  ///   - step: what came of it; all fields are written, but for `isIdle` where it stays as it was. Reward and ends of a
  ///     copy that was idle before the step count for nothing.
  func advance(_ actions: [Lanes], _ step: inout EnvironmentStep)
  /// Everything that the next steps depend on, so that a training can stop and go on.
  var state: [Double] { get }
  /// Takes up a state that `state` gave, of as many copies.
  ///
  /// - Throws: where it can't be one.
  func restore(_ state: [Double]) throws(UnfitState)
}

/// A saved state is not one of this environment.
package struct UnfitState: Error, Hashable {
  /// The one there is.
  package init() {}
}

/// What one step did in each copy.
package struct EnvironmentStep: Sendable {
  /// The reward, [group].
  package var reward: [Lanes]
  /// Whether the episode ended in a state from which nothing follows, such as ruin, [group]: its value is 0.
  package var isTerminal: [Mask]
  /// Whether the episode was cut off by a limit of time, though it could have gone on, [group]: the value of its last
  /// state counts.
  package var isTruncated: [Mask]
  /// Whether the copy has no episode after the step, until a later step begins one, [group]: a path that is ruined waits for
  /// the others of its tile. Its episode has ended with this step or before; what it shows, does and earns until it
  /// begins anew did not happen, and nobody learns from it.
  package var isIdle: [Mask]
  /// What is seen next, [group · observations + index]; after an end, the first sight of the next episode.
  package var observations: [Lanes]
  /// Where an episode was cut off: what was seen last in it, [group · observations + index].
  package var finalObservations: [Lanes]

  /// Nothing yet.
  package init(groups: Int, observations count: Int) {
    reward = Array(repeating: .zero, count: groups)
    isTerminal = Array(repeating: .none, count: groups)
    isTruncated = Array(repeating: .none, count: groups)
    isIdle = Array(repeating: .none, count: groups)
    observations = Array(repeating: .zero, count: groups * count)
    finalObservations = Array(repeating: .zero, count: groups * count)
  }

  /// Puts zeros where idle copies show something, so that whatever it is reaches nothing.
  mutating func hideIdle() {
    let count = observations.count / isIdle.count
    for group in isIdle.indices where isIdle[group].isAny {
      for index in 0..<count { observations[group * count + index].replace(with: 0, where: isIdle[group]) }
    }
  }
}
