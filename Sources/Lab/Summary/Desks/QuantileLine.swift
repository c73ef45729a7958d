import Statistics

/// A quantile of an outcome across paths, with the interval of its estimate.
package struct QuantileLine: MeasureValue {
  /// Of the quantile, in 0…1: so large a share of paths is at or under it.
  package let probability: Double
  /// In the unit of the measure; the interval is of order statistics.
  package let estimate: Estimate

  /// One of the quantiles of a measure, which lists them in ascending order.
  package init(probability: Double, estimate: Estimate) {
    self.probability = probability
    self.estimate = estimate
  }

  /// The value alone.
  package var withoutIntervals: QuantileLine {
    QuantileLine(probability: probability, estimate: estimate.withoutIntervals)
  }

  /// One line, such as `5 % quantile`.
  package var lines: [(word: String, estimate: Estimate)] {
    [("\(Int((probability * 100).rounded())) % quantile", estimate)]
  }
}

extension SortedSample {
  /// Quantiles of the sample.
  func lines(at levels: [Double], confidence: Double) -> [QuantileLine] {
    levels.map { QuantileLine(probability: $0, estimate: quantile($0, confidence: confidence)) }
  }
}
