/// The mean of a number that K trainings of an agent have on the same n paths, over trainings and over paths.
///
/// Trainings with other seeds differ, and no number of paths says by how much. The variance is that of the trainings' means
/// over K and that of the paths' means over n: both levels are samples, and what belongs to a training on a path alone counts
/// twice, which is at most 1/(Kn) of it too much. Student's t has Satterthwaite's degrees: K − 1 where the trainings make the
/// spread, more where the paths do. A bootstrap of both levels covers only 0.83 to 0.89 with five trainings.
/// Source: Satterthwaite (1946), Biometrics Bulletin 2(6).
package struct TwoLevelMean: Sendable, Hashable {
  /// Of each training's mean over paths.
  private let trainings: Moments
  /// Of each path's mean over trainings.
  private let paths: Moments

  /// Takes the numbers of each training, in the order of the paths.
  package init(_ rows: some Sequence<[Double]>) {
    var trainings = Moments()
    var sums: [Double] = []
    for row in rows {
      precondition(sums.isEmpty || sums.count == row.count, "Invariant: all trainings have the same paths")
      trainings.add(Moments(row).mean)
      if sums.isEmpty { sums = row } else { for path in row.indices { sums[path] += row[path] } }
    }
    self.trainings = trainings
    paths = Moments(sums.map { $0 / Double(trainings.count) })
  }

  /// The mean with its interval; n is the number of trainings. Without bounds for one training or one path, and where neither
  /// level has any spread.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    guard paths.count > 0 else { return .unknown(n: 0, confidence: confidence, method: .twoLevel) }
    let bare = Estimate.computed(
      value: trainings.mean, low: nil, high: nil, confidence: confidence, n: trainings.count, method: .twoLevel)
    guard let spread = trainings.variance, let pathSpread = paths.variance else { return bare }
    let (between, within) = (spread / Double(trainings.count), pathSpread / Double(paths.count))
    let error = (between + within).squareRoot()
    guard error > 1e-9 * abs(trainings.mean) else { return bare }
    let degrees =
      (between + within) * (between + within)
      / (between * between / Double(trainings.count - 1) + within * within / Double(paths.count - 1))
    let reach = CriticalValue.student(confidence, degrees: degrees) * error
    return .computed(
      value: trainings.mean, low: trainings.mean - reach, high: trainings.mean + reach, confidence: confidence,
      n: trainings.count, method: .twoLevel)
  }
}
