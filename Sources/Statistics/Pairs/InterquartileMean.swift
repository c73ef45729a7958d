/// The mean of the middle half of a sample: what is left without the lowest and the highest quarter.
///
/// ⌊n/4⌋ numbers are left out at each end: rliable's `aggregate_iqm`, scipy's `trim_mean(x, 0.25)`. The interval is Student's
/// with the variance of the sample whose quarters were drawn in to its middle half, and as many degrees as that has (Tukey
/// and McLaughlin), not rliable's bootstrap.
/// Source: Agarwal et al. (2021), NeurIPS 34; Tukey & McLaughlin (1963), Sankhyā A 25(3).
package struct InterquartileMean: Sendable, Hashable {
  private let sample: SortedSample

  /// Of finite numbers, one a path.
  package init(_ values: [Double]) {
    sample = SortedSample(values)
  }

  /// The mean with its interval: unknown for no number, without bounds where all of the middle half are the same.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let values = sample.values
    guard let first = values.first, let last = values.last else {
      return .unknown(n: 0, confidence: confidence, method: .trimmedMean)
    }
    let cut = values.count / 4
    let middle = values[cut..<(values.count - cut)]
    let mean = Moments(middle).mean
    let bare = Estimate.computed(
      value: mean, low: nil, high: nil, confidence: confidence, n: values.count, method: .trimmedMean)
    if values.count > 1, first == last { return bare.asNotSeen() }
    let drawnIn = values.map { min(max($0, values[cut]), values[values.count - cut - 1]) }
    guard let variance = Moments(drawnIn).variance, variance > 0 else { return bare }
    let error = 2 * (variance / Double(values.count)).squareRoot()
    let critical = CriticalValue.student(confidence, degrees: Double(middle.count - 1))
    return .computed(
      value: mean, low: mean - critical * error, high: mean + critical * error, confidence: confidence,
      n: values.count, method: .trimmedMean)
  }
}
