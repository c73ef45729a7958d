import Documents
import MarketData

extension FeatureColumn {
  /// Columns of a recorded series, each as long as the series and NaN in its look-back.
  ///
  /// Columns of one indicator with the same parameters are computed in one go.
  package static func values(_ columns: [FeatureColumn], of series: BarSeries) -> [[Double]] {
    var made: [IndicatorCall: [[Double]]] = [:]
    return columns.map { column in
      switch column.source {
      case .bar(let field): return series[field]
      case .clock(let feature): return series.time.map { feature.value(at: $0) }
      case .indicator(let call, let output):
        let figures = made[call] ?? call.run(series)
        made[call] = figures
        return figures[output]
      }
    }
  }

  /// The nearest name to one that nobody knows: of our own columns where it is nearer than the indicator's.
  static func nearest(to name: String, _ indicator: String?, _ own: [String]) -> String? {
    Suggestion.nearest(to: name, among: own + [indicator].compactMap { $0 }) ?? indicator
  }
}
