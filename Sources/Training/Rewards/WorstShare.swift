import Documents
import Lanes
import Learning

/// Growth of log wealth in the worst share of episodes: its conditional value at risk.
///
/// Each step is worth its growth of log wealth. Of the episodes that end in an update, what is above the border of the worst
/// share counts for nothing (`EpisodeObjective.worst`, Rockafellar & Uryasev).
package struct WorstShare: Reward, Hashable {
  /// α: the share of episodes, in (0, 1].
  package let share: Double

  /// States a reward.
  package init(share: Double) { self.share = share }

  /// The fields in documents.
  package static let form = Form(
    Field(
      "share", .number(in: .above(0, atMost: 1)), default: 0.2, "α: which share of episodes counts, the worst ones"),
    make: WorstShare.init)

  package var json: JSONValue { ["model": "worstShare", "share": .number(share)] }

  package var objective: EpisodeObjective { .worst(share: share) }

  package func complaint(_ setting: RewardSetting) -> String? {
    guard share * Double(setting.environments) < 1 else { return nil }
    return "the worst \(JSONWriter.number(share)) of the episodes of \(setting.environments) environments is not even "
      + "one: a larger share or more environments are needed"
  }

  package func makeTrack(_ start: RewardStart) -> any RewardTrack { LogGrowth().makeTrack(start) }
}
