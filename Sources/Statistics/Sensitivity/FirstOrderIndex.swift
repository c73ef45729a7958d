/// How much of the variance of an output one input explains alone, from paths that drew all inputs at random: Sobol's
/// first-order index Var(E[Y | X])/Var(Y), from given data.
///
/// The means of bins of the input vary for two reasons: the input, and the noise of a mean of so many paths. The second is
/// taken off by the variance within bins, as in a one-way analysis of variance: (SSB − (K − 1)·SSW/(n − K))/SST. The noise of
/// an outcome given all inputs (the rest of the market's randomness) stays in Var(Y): what no input explains, none is
/// credited with, and the indices of all inputs together may be far under one. What E[Y | X] moves within a bin is missed;
/// of a smooth law that is 1/(12K²) of its squared slope over the range.
///
/// The interval is a jackknife that leaves out one of twenty groups of paths, with Student's t of 19 degrees. Sources:
/// Plischke (2010), Reliability Engineering & System Safety 95(4); Strong & Oakley (2013), Medical Decision Making 33(6).
package struct FirstOrderIndex: Sendable {
  private var parts: [[Sums]]
  private let count: Int

  /// Groups that are left out one after the other.
  private static let groups = 20

  private struct Sums: Sendable {
    var n = 0.0
    var sum = 0.0
    var squares = 0.0

    mutating func add(_ other: Sums, times sign: Double = 1) {
      n += sign * other.n
      sum += sign * other.sum
      squares += sign * other.squares
    }
  }

  /// An output, in the order of the sample that the bins are of.
  package init(_ output: [Double], across input: InputBins) {
    precondition(output.count == input.bins.count, "Invariant: an output has a value for each of the input's")
    count = output.count
    parts = Array(repeating: Array(repeating: Sums(), count: input.ranges.count), count: Self.groups)
    for (index, (value, bin)) in zip(output, input.bins).enumerated() {
      parts[index % Self.groups][Int(bin)].add(Sums(n: 1, sum: value, squares: value * value))
    }
  }

  /// The index; a little under 0 where an input explains nothing. Unknown where the output or the input never varies.
  package func estimate(confidence: Double = Estimate.defaultConfidence) -> Estimate {
    let unknown = Estimate.unknown(n: count, confidence: confidence, method: .groupJackknife)
    var all = parts[0]
    for part in parts.dropFirst() { for bin in all.indices { all[bin].add(part[bin]) } }
    guard let value = Self.index(all) else { return unknown }
    let without = parts.compactMap { part in
      Self.index(
        zip(all, part).map { whole, left in
          var rest = whole
          rest.add(left, times: -1)
          return rest
        })
    }
    guard without.count == Self.groups else {
      return .computed(value: value, low: nil, high: nil, confidence: confidence, n: count, method: .groupJackknife)
        .asTooFewPaths()
    }
    let mean = without.reduce(0, +) / Double(Self.groups)
    let spread = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (spread * Double(Self.groups - 1) / Double(Self.groups)).squareRoot()
    let reach = CriticalValue.student(confidence, degrees: Double(Self.groups - 1)) * error
    return .computed(
      value: value, low: value - reach, high: value + reach, confidence: confidence, n: count, method: .groupJackknife)
  }

  private static func index(_ bins: [Sums]) -> Double? {
    let filled = bins.filter { $0.n > 0 }
    var total = Sums()
    for bin in filled { total.add(bin) }
    let degrees = total.n - Double(filled.count)
    guard filled.count > 1, degrees > 0 else { return nil }
    let ofMeans = filled.reduce(0) { $0 + $1.sum * $1.sum / $1.n }
    let between = ofMeans - total.sum * total.sum / total.n
    let within = max(0, total.squares - ofMeans)
    guard between + within > 1e-12 * max(total.squares, 1e-300) else { return nil }
    return (between - Double(filled.count - 1) * within / degrees) / (between + within)
  }
}
