import Randomness
import Statistics

/// A stylised fact of a market, with how far chance may have moved it.
package struct FactEstimate: Sendable {
  /// Which fact.
  package let fact: StylisedFact
  /// The statistic with a bootstrap's 95 % percentile interval, drawn out to the statistic itself where resamples lie to one side
  /// of it, as blocks cut what neighbours have to do with each other; without a value where the series are too short.
  package let estimate: Estimate

  /// States what was found.
  package init(fact: StylisedFact, estimate: Estimate) {
    self.fact = fact
    self.estimate = estimate
  }

  /// Resamples of an interval.
  private static let resamples = 200

  /// The facts of independent paths of one market: whole paths are drawn again and again.
  package static func ofPaths(_ paths: [ReturnSeries], key: StreamKey) -> [FactEstimate] {
    var stream = SparseStream(key, path: 0)
    let draws = (0..<resamples).map { _ in
      paths.indices.map { _ in min(paths.count - 1, Int(stream.uniform() * Double(paths.count))) }
    }
    let weights = draws.map { draw in
      var weights = Array(repeating: 0, count: paths.count)
      for path in draw { weights[path] += 1 }
      return weights
    }
    let pool = PooledReturns(paths)
    return all(pool, n: paths.count, by: .pathBootstrap) { fact in weights.map { fact.weighted(pool, $0) } }
  }

  /// The facts of one recorded series: blocks of about √n neighbours are drawn again and again (Politis & Romano 1994).
  package static func ofRecorded(_ series: ReturnSeries, key: StreamKey) -> [FactEstimate] {
    var stream = SparseStream(key, path: 1)
    let blocks = StationaryBlocks(
      count: series.returns.count, meanBlock: max(1, Double(series.returns.count).squareRoot()))
    let draws = (0..<resamples).map { _ in PooledReturns([series.resampled(blocks.places(&stream))]) }
    return all(PooledReturns([series]), n: series.returns.count, by: .stationaryBootstrap) { fact in
      draws.map { fact.weighted($0, [1]) }
    }
  }

  private static func all(
    _ pool: PooledReturns, n: Int, by method: Estimate.Method, resampled: (StylisedFact) -> [Double]
  ) -> [FactEstimate] {
    let once = Array(repeating: 1, count: pool.series.count)
    return StylisedFact.catalogue.map { fact in
      let value = fact.weighted(pool, once)
      let others = resampled(fact).filter { !$0.isNaN }
      guard !value.isNaN, others.count > resamples / 2 else {
        return FactEstimate(fact: fact, estimate: .unknown(n: n, method: method))
      }
      let sample = SortedSample(others)
      return FactEstimate(
        fact: fact,
        estimate: Estimate(
          value: value, low: sample.quantile(0.025).value.map { min($0, value) },
          high: sample.quantile(0.975).value.map { max($0, value) },
          confidence: Estimate.defaultConfidence, n: n, method: method))
    }
  }
}
