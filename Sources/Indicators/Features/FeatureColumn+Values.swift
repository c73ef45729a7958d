import Documents
import MarketData
import Threads

extension FeatureColumn {
  /// Columns of a recorded series, each as long as the series and NaN in its look-back.
  ///
  /// Columns of one indicator with the same parameters are computed in one go.
  package static func values(_ columns: [FeatureColumn], of series: BarSeries) -> [[Double]] {
    values(columns, of: [series], threads: 1)[0]
  }

  /// Columns of several series, an indicator of one series on one thread.
  ///
  /// - Returns: the figures by series and column.
  package static func values(_ columns: [FeatureColumn], of series: [BarSeries], threads: Int) -> [[[Double]]] {
    // What is computed in one go, and for each column which of them.
    var numbers: [Source: Int] = [:]
    var sources: [Source] = []
    let places = columns.map { column in
      let source = column.source.whole
      if let number = numbers[source] { return number }
      numbers[source] = sources.count
      sources.append(source)
      return sources.count - 1
    }
    let parts = sources
    let made = orderedMap(series.count * parts.count, threads: threads) {
      parts[$0 % parts.count].figures(of: series[$0 / parts.count])
    }
    return series.indices.map { index in
      zip(columns, places).map { column, place in
        let figures = made[index * parts.count + place]
        if case .indicator(_, let output) = column.source { return figures[output] }
        return figures[0]
      }
    }
  }

  /// The nearest name to one that nobody knows: of our own columns where it is nearer than the indicator's.
  static func nearest(to name: String, _ indicator: String?, _ own: [String]) -> String? {
    Suggestion.nearest(to: name, among: own + [indicator].compactMap { $0 }) ?? indicator
  }
}

extension FeatureColumn.Source {
  /// The same for all output columns of an indicator.
  fileprivate var whole: Self {
    if case .indicator(let call, _) = self { .indicator(call, output: 0) } else { self }
  }

  /// All output columns, or the one column.
  fileprivate func figures(of series: BarSeries) -> [[Double]] {
    switch self {
    case .bar(let field): [series[field]]
    case .clock(let feature): [series.time.map { feature.value(at: $0) }]
    case .indicator(let call, _): call.run(series)
    }
  }
}
