import Lab

extension Summary {
  /// The share of paths that a desk has to survive to count as one that passes, where the study does not say it.
  private static let usualSurvival = 0.99

  /// The least survival that the study asks for; of several the strictest.
  var leastSurvival: Double {
    let asked = (criteria?.lines ?? []).map(\.criterion).filter {
      $0.measure == Measures.Survival().name && $0.isAtLeast
    }
    return asked.map(\.limit).max() ?? Self.usualSurvival
  }
}
