import Agents
import Documents
import Lanes
import Learning

/// What a step of a training is worth.
///
/// A new reward is one file with one type that conforms to this, and one line in `Rewards.catalogue`. Rewards are made of the
/// account's equity alone, all trading costs inside.
package protocol Reward: Sendable {
  /// As it is written.
  var json: JSONValue { get }
  /// What is made of the rewards of whole episodes.
  var objective: EpisodeObjective { get }
  /// Why it can't be given in a training; nil where it can.
  func complaint(_ setting: RewardSetting) -> String?
  /// Its state at the beginning of an episode of eight accounts.
  func makeTrack(_ start: RewardStart) -> any RewardTrack
}

extension Reward {
  /// The mean over episodes.
  package var objective: EpisodeObjective { .mean }
  /// It can be given anywhere.
  package func complaint(_ setting: RewardSetting) -> String? { nil }
}

/// What a reward gets to know of the training that it is checked against.
package struct RewardSetting: Sendable {
  /// What the agent sees.
  package let observations: ObservationSet
  /// Copies of the environment side by side.
  package let environments: Int
  /// Of an account at t = 0.
  package let start: RewardStart

  /// States a setting.
  package init(observations: ObservationSet, environments: Int, start: RewardStart) {
    self.observations = observations
    self.environments = environments
    self.start = start
  }
}

/// What a reward gets to know of an account as its episode begins.
package struct RewardStart: Sendable, Hashable {
  /// The value of what is held at t = 0, Σ|q|·X/E₀, a multiple of starting equity; 0 where all is cash.
  package let openingLeverage: Double

  /// States a start.
  package init(openingLeverage: Double) { self.openingLeverage = openingLeverage }
}

/// What eight accounts have come to in their episode, as far as a reward asks.
package protocol RewardTrack {
  /// The reward of a step.
  ///
  /// - Parameter ratio: equity over starting equity at its close.
  mutating func step(to ratio: Lanes) -> Lanes
}
