import Documents

/// What a training makes of the returns of whole episodes, a return R being the sum of an episode's rewards.
package enum EpisodeObjective: Sendable, Hashable {
  /// Their mean.
  case mean
  /// The mean of the worst share α of them, 0 < α ≤ 1: the conditional value at risk.
  ///
  /// It is max over η of η − E[(η − R)⁺]/α, at the α-quantile η: R. T. Rockafellar & S. Uryasev (2000), "Optimization of
  /// conditional value-at-risk", J. Risk 2(3), theorem 1. As (η − R)⁺ = η − min(R, η), whoever learns min(R, η) at that η climbs
  /// it. So η is the quantile of the episodes that ended in the update, and what an episode has earned beyond it is taken off
  /// its last reward. Learning from the worst episodes alone (EPOpt, A. Rajeswaran et al., 2017, ICLR) would be another way: it
  /// measures them by each other and not by η, and so encourages the better half of the worst.
  case worst(share: Double)

  /// Whether an episode that a limit of time cuts off has ended for good. The return of a whole episode is what counts then, and
  /// what might come after it is none of it.
  var endsAtLimits: Bool { self != .mean }

  /// η: the return of the last of the worst; nil for the mean, and where no episode ended.
  package func border(_ returns: [Double]) -> Double? {
    guard case .worst(let share) = self, !returns.isEmpty else { return nil }
    // Of a tenth of thirty the fourth is none, whatever the last digit of 0.1·30.
    let place = Int((share * Double(returns.count) - 1e-9).rounded(.up))
    return returns.sorted()[min(max(place, 1), returns.count) - 1]
  }

  /// Takes what episodes have earned beyond the border off their last rewards, [step · groups + group].
  package func cut(_ rewards: borrowing LaneColumn, _ ends: [EpisodeEnd]) {
    guard let border = border(ends.map(\.total)) else { return }
    for end in ends where end.total > border { rewards[end.index][end.lane] -= end.total - border }
  }

  /// As checkpoints note it; nil for the mean.
  var json: JSONValue? {
    switch self {
    case .mean: nil
    case .worst(let share): ["worst": .number(share)]
    }
  }
}

/// An episode that has ended in a rollout.
package struct EpisodeEnd: Sendable, Hashable {
  /// The place of its last step in the rollout's columns, step · groups + group.
  package let index: Int
  /// The lane of its copy.
  package let lane: Int
  /// The sum of its rewards, those before the rollout among them.
  package let total: Double

  /// States an end.
  package init(index: Int, lane: Int, total: Double) {
    self.index = index
    self.lane = lane
    self.total = total
  }
}
