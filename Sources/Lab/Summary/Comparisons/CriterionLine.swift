import Glibc
import Statistics

/// A criterion judged at one desk.
package struct CriterionLine: Codable, Sendable, Equatable {
  /// What was asked.
  package let criterion: Criterion
  /// The desk's number in the store.
  package let desk: Int
  /// The figure; its bounds are one-sided, each with the criterion's confidence, in a run that may stop early with that of
  /// ``Precision/confidence(covering:)``. Nil where the measure does not apply.
  package let estimate: Estimate?
  /// What came out.
  package let verdict: Verdict
  /// About how many paths would settle it, if the figure stays; nil unless it is too close to call, and where none would.
  package let pathsToSettle: Int?
  /// What comes out of the first half of the paths alone and of the second, two runs with other draws; nil where no market is
  /// drawn, of a single path, and in a file that does not say it.
  package let halves: [Verdict]?
  /// What comes out of the same question at severity 0, on the same paths; nil where the desk is at severity 0 itself, where
  /// that was not run, and in a file that does not say it.
  package let calm: Verdict?

  /// What a criterion comes to.
  package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// The bound on the near side reaches the limit.
    case pass
    /// The bound on the far side misses it.
    case fail
    /// The limit lies between the bounds.
    case tooClose
    /// The measure has no figure at this desk, such as the recovery of a desk that was never impaired.
    case nothingToJudge
  }
}

extension CriterionLine {
  /// Judges a desk.
  ///
  /// - Parameters:
  ///   - mayStop: whether the run may have stopped before its budget of paths.
  ///   - isDrawn: whether the market is; else there is one path, and its figure itself is judged.
  init(
    _ criterion: Criterion, desk: Int, _ outcomes: OutcomeTable, _ context: MeasureContext, mayStop: Bool, isDrawn: Bool
  ) {
    let measure = JudgedMeasure(criterion)
    let confidence = mayStop ? Precision.confidence(covering: criterion.confidence) : criterion.confidence
    func estimate(_ outcomes: OutcomeTable, calm: OutcomeTable?) -> Estimate? {
      measure?.estimate(outcomes, context.with(calm: calm), oneSided: confidence)
    }
    func judged(_ estimate: Estimate?) -> Verdict {
      guard !isDrawn else { return Self.judge(criterion, estimate) }
      return estimate?.value.map { criterion.holds($0) ? .pass : .fail } ?? .nothingToJudge
    }
    let whole = estimate(outcomes, calm: context.calm)
    let verdict = judged(whole)
    let middle = outcomes.count / 2
    let halves = isDrawn && middle > 0 ? [0..<middle, middle..<outcomes.count] : nil
    self.init(
      criterion: criterion, desk: desk, estimate: isDrawn ? whole : whole?.withoutIntervals, verdict: verdict,
      pathsToSettle: isDrawn && verdict == .tooClose ? whole.flatMap { Self.pathsToSettle(criterion, $0) } : nil,
      halves: halves?.map { judged(estimate(outcomes.rows($0), calm: context.calm?.rows($0))) },
      calm: context.calm.map { judged(estimate($0, calm: nil)) })
  }

  /// Pass where the bound reaches the limit, fail where the other one misses it; too close between them, and where a bound is
  /// not known.
  package static func judge(_ criterion: Criterion, _ estimate: Estimate?) -> Verdict {
    guard let estimate, estimate.value != nil else { return .nothingToJudge }
    if criterion.isAtLeast {
      if let low = estimate.low, low >= criterion.limit { return .pass }
      if let high = estimate.high, high < criterion.limit { return .fail }
    } else {
      if let high = estimate.high, high <= criterion.limit { return .pass }
      if let low = estimate.low, low > criterion.limit { return .fail }
    }
    return .tooClose
  }

  /// The number of paths at which the figure, if it stays as it is, would pass or fail: for shares by Clopper and Pearson's
  /// bounds, for others by bounds that close like 1/√n. Two digits, rounded up.
  package static func pathsToSettle(_ criterion: Criterion, _ estimate: Estimate) -> Int? {
    guard estimate.method == .clopperPearson else { return estimate.countToSettle(criterion.limit) }
    guard let value = estimate.value, value != criterion.limit, estimate.n > 0 else { return nil }
    func isSettled(_ paths: Double) -> Bool {
      let share = Proportion.bounds(value * paths, of: paths, confidence: estimate.confidence)
      return judge(
        criterion,
        Estimate(
          value: value, low: share.low, high: share.high, confidence: estimate.confidence, n: estimate.n,
          method: .clopperPearson)) != .tooClose
    }
    var (few, many) = (Double(estimate.n), 2 * Double(estimate.n))
    while !isSettled(many), many < 1e12 { (few, many) = (many, 2 * many) }
    guard many < 1e12 else { return nil }
    while many - few > max(1, 0.001 * few) {
      let middle = (few + many) / 2
      if isSettled(middle) { many = middle } else { few = middle }
    }
    return Estimate.planned(many)
  }
}

/// The criteria of a run with what they came to.
package struct CriteriaSummary: Codable, Sendable, Equatable {
  /// Whether they are the usual ones, since the study has none: then they decide nothing.
  package let areUsual: Bool
  /// One for each criterion and desk that it is about.
  package let lines: [CriterionLine]

  /// Whether the study's own criteria are missed.
  ///
  /// - Parameter isStrict: whether what is too close to call counts as missed.
  package func isMissed(isStrict: Bool) -> Bool {
    !areUsual && lines.contains { $0.verdict == .fail || (isStrict && $0.verdict == .tooClose) }
  }
}
