import Glibc
import Statistics

// What returns have to do with earlier returns.

extension StylisedFact {
  /// Returns of neighbouring bars are hardly correlated.
  static let linearAutocorrelation = StylisedFact(
    name: "linearAutocorrelation", text: "largest absolute autocorrelation of returns over the lags 1 to 10",
    usual: 0...0.06
  ) { series in
    let values = AutocorrelationSums(series.map(\.returns), lags: 10).values.dropFirst().filter { !$0.isNaN }
    return values.map { abs($0) }.max() ?? .nan
  }

  /// Large moves follow large moves.
  static let clustering = StylisedFact(
    name: "clustering", text: "autocorrelation of absolute returns at lag 1", usual: 0.1...0.6
  ) { series in AutocorrelationSums(series.map { $0.returns.map { abs($0) } }, lags: 1).values[1] }

  /// And do so for long.
  static let slowDecay = StylisedFact(
    name: "slowDecay", text: "autocorrelation of absolute returns at lag 20", usual: 0.03...0.5
  ) { series in AutocorrelationSums(series.map { $0.returns.map { abs($0) } }, lags: 20).values[20] }

  /// A fall is followed by larger moves than a rise.
  static let leverage = StylisedFact(
    name: "leverage", text: "mean correlation of a return with the squared ones 1 to 10 bars later",
    usual: -0.3 ... -0.02
  ) { series in
    let all = series.pooled
    guard all.count > 1 else { return .nan }
    let mean = all.reduce(0, +) / Double(all.count)
    let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
    let squares = all.map { ($0 - mean) * ($0 - mean) }
    let spread = squares.reduce(0) { $0 + ($1 - variance) * ($1 - variance) } / Double(squares.count)
    var (sum, pairs) = (0.0, 0)
    for one in series {
      let centred = one.returns.map { $0 - mean }
      for lag in 1...10 where lag < centred.count {
        for index in lag..<centred.count { sum += centred[index - lag] * (centred[index] * centred[index] - variance) }
        pairs += centred.count - lag
      }
    }
    return sum / Double(max(pairs, 1)) / (variance * spread).squareRoot()
  }

  /// Much is traded when prices move much.
  static let volumeVolatility = StylisedFact(
    name: "volumeVolatility", text: "rank correlation of volume and absolute return of a bar", usual: 0.2...0.8
  ) { series in
    guard series.allSatisfy({ $0.volumes != nil }) else { return .nan }
    return RankCorrelation.spearman(series.flatMap { $0.volumes ?? [] }, series.pooled.map { abs($0) })
  }
}
