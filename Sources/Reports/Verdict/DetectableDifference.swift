import Lab
import Statistics

/// Which differences of survival so many paths could tell apart, in a sentence.
struct DetectableDifference: Sendable {
  private let summary: Summary
  private let desks: [DeskScene]

  /// - Parameter desks: those that the verdict is about.
  init(_ summary: Summary, desks: [DeskScene]) {
    self.summary = summary
    self.desks = desks
  }

  /// The sentence; nil where too few paths are ruined to say it.
  var sentence: String? { compared ?? between }

  /// Of the comparisons that the study names, all together.
  private var compared: String? {
    // Each comparison counts once, at its scenario's highest severity.
    let all = summary.comparisons ?? []
    let lines = all.filter { line in !all.contains { $0.scenario == line.scenario && $0.severity > line.severity } }
    let detectable = lines.compactMap(\.detectableSurvival)
    guard let least = detectable.min(), let most = detectable.max(), let paths = lines.map(\.survival.n).max() else {
      return nil
    }
    let (low, high) = (ComparisonDetails.points(least), ComparisonDetails.points(most))
    let points = low == high ? high : "\(low) (where the desks are most alike) to \(high)"
    // Where hardly a path differs nothing says which difference could be told.
    let rest = lines.count - detectable.count
    let unknown =
      rest == 0
      ? ""
      : "; \(rest == 1 ? "one" : "\(rest)") of \(lines.count) comparisons \(rest == 1 ? "has" : "have") too few paths that differ to say"
    return
      "With \(Unit.decimal(Double(paths), decimals: 0)) paths a difference in survival of \(points) is found four times in five (all "
      + "comparisons together)\(unknown)."
  }

  /// Where nothing is compared: of two risk profiles of one agent the least alike. How many paths only one of both survives is
  /// at most as many as either loses, and all of these where the other loses none.
  private var between: String? {
    guard (summary.comparisons ?? []).isEmpty else { return nil }
    var most: (first: DeskScene, second: DeskScene, difference: Double)?
    for (place, first) in desks.enumerated() {
      for second in desks[(place + 1)...]
      where second.desk.agent == first.desk.agent && second.desk.scenario == first.desk.scenario {
        guard let difference = Self.bound(first.desk.survival, second.desk.survival) else { continue }
        if difference > most?.difference ?? 0 { most = (first, second, difference) }
      }
    }
    guard let most else { return nil }
    let paths = Unit.decimal(Double(most.first.desk.survival.n), decimals: 0)
    return "With \(paths) paths a difference in survival between \(most.first.name) and \(most.second.name) of "
      + "\(ComparisonDetails.points(most.difference)), or less, could be told apart four times in five; the study names no "
      + "comparison."
  }

  private static func bound(_ first: Estimate, _ second: Estimate) -> Double? {
    guard let one = first.value, let other = second.value, first.n == second.n, first.n > 0 else { return nil }
    let lost = [one, other].map { Int(((1 - $0) * Double(first.n)).rounded()) }
    return PairedShares(
      onlyFirst: min(lost[1], first.n - lost[0]), onlySecond: min(lost[0], first.n - lost[1]), of: first.n
    ).detectableDifference(confidence: first.confidence)
  }
}
