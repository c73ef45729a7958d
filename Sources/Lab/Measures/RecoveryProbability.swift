import Statistics

/// How likely impaired paths come back, by Aalen and Johansen with ruin competing, and up to when that is known.
struct RecoveryProbability: Sendable {
  /// The probabilities of having recovered and of having been ruined, in seconds from the impairment.
  let incidence: CumulativeIncidence<ImpairmentEnd>
  /// How long after the impairment recovery is followed, in seconds: as long as ten paths are still watched, or nobody has
  /// reached the horizon unresolved; of fewer impaired paths, to the end.
  let end: Double
  /// Whether too few paths were impaired for a curve or an interval.
  let hasFewImpaired: Bool
  private let endings: [Ending<ImpairmentEnd>]

  /// The fewest impaired paths, still watched, that recovery is followed on.
  static let fewestWatched = 10

  /// Of the endings of impaired paths. Those that reach the horizon unresolved were watched for as long as it was away when
  /// they were impaired.
  init(_ endings: [Ending<ImpairmentEnd>]) {
    self.endings = endings
    incidence = CumulativeIncidence(endings)
    hasFewImpaired = endings.count < Self.fewestWatched
    end = hasFewImpaired ? incidence.eventFree.lastTime : incidence.lastTime(watching: Self.fewestWatched)
  }

  /// P(recovered by the end); without bounds where too few paths were impaired, and no value where none was.
  func estimate(confidence: Double) -> Estimate {
    let estimate = incidence.estimate(of: .recovered, at: end, confidence: confidence)
    return estimate.n > 0 && hasFewImpaired ? estimate.asTooFewPaths() : estimate
  }

  /// What each of all paths adds to it, whose mean it is; nil where none was impaired.
  ///
  /// - Parameter byPath: the endings that this is of, nil for paths that were never impaired, which add no more than it.
  func contributions(_ byPath: [Ending<ImpairmentEnd>?]) -> [Double]? {
    let parts = incidence.contributions(of: .recovered, at: end, endings)
    guard let value = incidence.estimate(of: .recovered, at: end).value, !parts.isEmpty else { return nil }
    let share = Double(byPath.count) / Double(parts.count)
    var next = 0
    return byPath.map { ending in
      guard ending != nil else { return value }
      next += 1
      return value + share * (parts[next - 1] - value)
    }
  }
}
