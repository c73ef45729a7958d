import Glibc
import Statistics

/// Where the search for a jump-diffusion begins: what returns would be jumps if those beyond so many deviations were.
struct JumpStarts {
  /// Root of the diffusion's variance a year by the interquartile range, which jumps hardly move; above 0.
  let volatility: Double
  /// Mean log return a year.
  let drift: Double
  /// For each threshold the jumps' number a year, and the sizes of those up and down.
  let guesses: [(rate: Double, ups: [Double], downs: [Double])]

  /// Of returns.
  init(_ returns: RecordedReturns) {
    let scaled = zip(returns.values, returns.years).map { $0 / $1.squareRoot() }.sorted()
    let middle = scaled[scaled.count / 2]
    // The quartiles of a normal law lie 1.349 deviations apart.
    let range = (scaled[scaled.count * 3 / 4] - scaled[scaled.count / 4]) / 1.349
    // Where ticks are coarse a quarter of all returns may be alike: the whole deviation then.
    let mean = scaled.reduce(0, +) / Double(scaled.count)
    let deviation = (scaled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scaled.count)).squareRoot()
    let spread = range > 0.05 * deviation ? range : deviation
    volatility = spread
    drift = returns.values.reduce(0, +) / returns.allYears
    guesses = [2.5, 3, 4].map { threshold in
      let jumps = zip(returns.values, returns.years).map { ($0 - middle * $1.squareRoot(), spread * $1.squareRoot()) }
        .filter { abs($0.0) > threshold * $0.1 }.map(\.0)
      return (max(Double(jumps.count), 2) / returns.allYears, jumps.filter { $0 > 0 }, jumps.filter { $0 < 0 })
    }
  }

  /// What the diffusion may not fall under: the likelihood of a mixture grows without bound where one of its parts shrinks
  /// around a single return.
  ///
  /// Source: P. Honoré (1998), "Pitfalls in estimating jump-diffusion models", Aarhus School of Business.
  var leastVolatility: Double { 0.1 * volatility }
}
