import MarketData

/// An indicator that is a function of another one's figure and of the bar, such as an angle of a slope.
///
/// Over a recorded series the other one's column is made first, and the function then taken of several figures at a time:
/// it waits for nothing.
protocol MappedIndicator: Indicator where Figures == Single<Number> {
  /// The other one, which takes the same parameters.
  associatedtype Source: Indicator where Source.Number == Number, Source.Figures == Single<Number>
  /// The figure at the close of a bar, of the other one's there.
  func figure(of source: Number, _ bar: IndicatorBar<Number>) -> Number
}

/// Such an indicator over the bars of a recorded series.
enum RecordedMap {
  /// The output column, as long as the series and NaN in the look-back.
  static func column<One: MappedIndicator>(
    _ type: One.Type, _ parameters: IndicatorParameters, _ series: BarSeries
  ) -> [Double] where One.Number == Double {
    var memory = IndicatorMemory<Double>()
    let map = One(parameters, &memory)
    var column = RecordedRun.columns(One.Source.self, parameters, series)[0]
    var figures = column.mutableSpan
    let (open, high, low) = (series.open.span, series.high.span, series.low.span)
    let (close, volume) = (series.close.span, series.volume.span)
    for index in Swift.min(One.form.lookBack(parameters), series.count)..<series.count {
      // In range: all columns of a series are equally long.
      let bar = IndicatorBar(
        open: open[unchecked: index], high: high[unchecked: index], low: low[unchecked: index],
        close: close[unchecked: index], volume: volume[unchecked: index])
      figures[unchecked: index] = map.figure(of: figures[unchecked: index], bar)
    }
    return column
  }
}
