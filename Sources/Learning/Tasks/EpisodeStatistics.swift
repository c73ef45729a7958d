import Lanes

/// Rewards of a rollout, and returns of the episodes that ended in it.
struct EpisodeStatistics {
  /// Σ of all rewards.
  private(set) var reward = Lanes.zero
  /// Episodes that ended.
  private(set) var episodes = 0
  /// Σ of their returns.
  private(set) var returns = 0.0

  /// Notes a step of a group; returns of ended episodes begin anew.
  @inline(__always)
  mutating func note(_ reward: Lanes, ended: Mask, _ episodeReturns: inout Lanes) {
    self.reward += reward
    guard ended.isAny else { return }
    for lane in 0..<Lanes.count where ended[lane] {
      episodes += 1
      returns += episodeReturns[lane]
    }
    episodeReturns.replace(with: 0, where: ended)
  }
}
