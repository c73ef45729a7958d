/// Recorded bars of several assets, row by row the same moments: what history models resample.
package struct RecordedMarket: Sendable {
  /// One asset's rows.
  package struct Asset: Sendable {
    /// log(open / last close) of each row.
    package let gaps: [Double]
    /// log(close / open) of each row.
    package let moves: [Double]
    /// log(high / max(open, close)) of each row; at least 0.
    package let ups: [Double]
    /// log(min(open, close) / low) of each row; at least 0.
    package let downs: [Double]
    /// Units traded in each row, comparable with the prices.
    package let volumes: [Double]

    /// Mean of `gaps`.
    package var meanGap: Double { mean(gaps) }
    /// Mean of `moves`.
    package var meanMove: Double { mean(moves) }
    /// Mean of `volumes`.
    package var meanVolume: Double { mean(volumes) }

    private func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
  }

  /// The assets, in the order of the scenario's.
  package let assets: [Asset]
  /// Number of rows.
  package let rows: Int
  /// Correlations of the open-to-close returns.
  package let correlation: [[Double]]
}

/// How recorded rows become a path. A new kind is one file and one line in `HistoryModels.catalogue`.
package protocol HistoryModel: Sendable {}
