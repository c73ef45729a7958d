import Randomness
import Statistics

/// The figures of a curve and what they are over those of holding, with intervals from resamples of its bars.
package struct CurveFigures: Sendable, Hashable {
  /// A figure with its interval.
  package struct Line: Sendable, Hashable {
    /// What it is.
    package let figure: CurveFigure
    /// Of the curve.
    package let estimate: Estimate
    /// The same figure of holding; nil where that has none.
    package let holding: Double?
    /// The curve's figure less that of holding, on the same resamples.
    package let difference: Estimate
  }

  /// All figures, in their order; unknown where the curve has none.
  package let lines: [Line]
  /// Mean length of the blocks, in bars.
  package let meanBlock: Double

  /// Resamples.
  package static let resamples = 2000
  /// The share of resamples that have a figure of which an interval is made.
  private static let least = 0.95

  /// Resamples a curve, bars of it and of holding together.
  ///
  /// Intervals are the quantiles of the resampled figures (Efron's percentiles), widened to the figure where it lies outside.
  ///
  /// - Parameters:
  ///   - returns: simple returns from close to close; at least one.
  ///   - holding: those of holding on the same bars.
  ///   - meanBlock: mean length of a block in bars; nil: by the returns' autocovariances.
  package init(
    _ returns: [Double], holding: [Double], stepsPerYear: Double, meanBlock: Double?, seed: Int,
    confidence: Double = Estimate.defaultConfidence
  ) {
    let length = min(meanBlock ?? StationaryBlocks.meanBlock(returns), Double(returns.count))
    let blocks = StationaryBlocks(count: returns.count, meanBlock: max(1, length))
    let key = RandomStreams(seed: UInt64(seed), namespace: .report).key("walkForward/blocks")
    var figures: [CurveFigure: [Double]] = [:]
    var differences = figures
    for number in 0..<Self.resamples {
      var stream = SparseStream(key, path: UInt64(number))
      let places = blocks.places(&stream)
      let (own, held) = (places.map { returns[$0] }, places.map { holding[$0] })
      for figure in CurveFigure.allCases {
        guard let value = figure.value(own, stepsPerYear: stepsPerYear), value.isFinite else { continue }
        figures[figure, default: []].append(value)
        guard let other = figure.value(held, stepsPerYear: stepsPerYear), other.isFinite else { continue }
        differences[figure, default: []].append(value - other)
      }
    }
    self.meanBlock = blocks.meanBlock
    lines = CurveFigure.allCases.map { figure in
      func estimate(_ value: Double?, _ values: [Double]?) -> Estimate {
        Self.estimate(value, (values ?? []).sorted(), n: returns.count, confidence)
      }
      let value = figure.value(returns, stepsPerYear: stepsPerYear)
      let holding = figure.value(holding, stepsPerYear: stepsPerYear).flatMap { $0.isFinite ? $0 : nil }
      return Line(
        figure: figure, estimate: estimate(value, figures[figure]), holding: holding,
        difference: estimate(value.flatMap { value in holding.map { value - $0 } }, differences[figure]))
    }
  }

  /// A figure with the quantiles of its resamples, which are sorted.
  private static func estimate(_ value: Double?, _ resampled: [Double], n: Int, _ confidence: Double) -> Estimate {
    guard let value, value.isFinite else {
      return .unknown(n: n, confidence: confidence, method: .stationaryBootstrap)
    }
    guard Double(resampled.count) >= least * Double(resamples) else {
      return Estimate(
        value: value, low: nil, high: nil, confidence: confidence, n: n, method: .stationaryBootstrap)
    }
    func quantile(_ level: Double) -> Double {
      let place = level * Double(resampled.count - 1)
      let index = min(Int(place), resampled.count - 2)
      return resampled[index] + (place - Double(index)) * (resampled[index + 1] - resampled[index])
    }
    return Estimate(
      value: value, low: min(value, quantile((1 - confidence) / 2)), high: max(value, quantile((1 + confidence) / 2)),
      confidence: confidence, n: n, method: .stationaryBootstrap)
  }
}
