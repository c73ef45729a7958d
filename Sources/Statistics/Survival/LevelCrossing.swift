/// Where a falling curve of shares first reaches a level, from shares that are known at some points of it.
///
/// The point estimate is found by linear interpolation between the two neighbouring points at which the shares pass the
/// level. Its interval inverts the shares' intervals, as Brookmeyer and Crowley do for a median: it goes from the last point
/// before the first whose lower bound is at the level or under it, to the first after the last whose upper bound is above
/// it. It ends at points and nowhere between them, since a curve may fall anywhere between two: for a curve that falls it
/// covers at least as often as the shares' intervals, which interpolated bounds would not. Source: Brookmeyer & Crowley
/// (1982), Biometrics 38(1).
package struct LevelCrossing: Sendable {
  private let points: [Double]
  private let shares: [Estimate]

  /// A curve at ascending points, of which the first is the least there is; every share is known, with both bounds.
  package init(at points: [Double], _ shares: [Estimate]) {
    precondition(points.count == shares.count && !points.isEmpty, "Invariant: a curve has a share at each point")
    precondition(zip(points, points.dropFirst()).allSatisfy { $0 < $1 }, "Invariant: points of a curve ascend")
    self.points = points
    self.shares = shares
  }

  /// Whether the curve is higher at some point than at an earlier one, by more than both intervals allow.
  package var risesAgain: Bool {
    var least = Double.infinity
    for share in shares {
      if low(share) > least { return true }
      least = min(least, high(share))
    }
    return false
  }

  /// The point at which the curve first is at the level or under it.
  ///
  /// Without a value where it stays above at all points, without an upper bound where it may do so; without a lower bound
  /// never, since no point lies before the first.
  package func estimate(level: Double) -> Estimate {
    let reached = shares.firstIndex { value($0) <= level }
    let point: Double? = reached.map { index in
      guard index > 0 else { return points[0] }
      let (before, after) = (value(shares[index - 1]), value(shares[index]))
      return points[index - 1] + (points[index] - points[index - 1]) * (before - level) / (before - after)
    }
    let lowest = shares.firstIndex { low($0) <= level } ?? shares.count
    let highest = shares.lastIndex { high($0) > level }.map { $0 + 1 } ?? 0
    return Estimate(
      value: point, low: points[max(lowest - 1, 0)], high: highest < points.count ? points[highest] : nil,
      confidence: shares[0].confidence, n: shares.map(\.n).min() ?? 0, method: .bracket)
  }

  private func value(_ share: Estimate) -> Double { share.value ?? .nan }
  private func low(_ share: Estimate) -> Double { share.low ?? 0 }
  private func high(_ share: Estimate) -> Double { share.high ?? 1 }
}
