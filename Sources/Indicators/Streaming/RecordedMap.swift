import MarketData

/// An indicator that is a function of another one's figure, such as an angle of a slope.
///
/// Over a recorded series the other one's column is made first, and the function then taken of several figures at a time:
/// it waits for nothing.
protocol MappedIndicator: Indicator where Figures == Single<Number> {
  /// The other one, which takes the same parameters.
  associatedtype Source: Indicator where Source.Number == Number, Source.Figures == Single<Number>
  /// The figure, NaN of NaN.
  static func figure(of source: Number) -> Number
}

/// Such an indicator over the bars of a recorded series.
enum RecordedMap {
  /// The output column, as long as the series and NaN in the look-back.
  static func column<One: MappedIndicator>(
    _ type: One.Type, _ parameters: IndicatorParameters, _ series: BarSeries
  ) -> [Double] where One.Number == Double {
    var column = RecordedRun.columns(One.Source.self, parameters, series)[0]
    column.withUnsafeMutableBufferPointer { figures in
      for index in figures.indices { figures[index] = One.figure(of: figures[index]) }
    }
    return column
  }
}
