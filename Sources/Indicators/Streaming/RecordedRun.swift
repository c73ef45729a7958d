import MarketData

/// An indicator over the bars of a recorded series: one lane.
enum RecordedRun {
  /// The output columns, each as long as the series and NaN in the look-back.
  static func columns<One: Indicator>(
    _ type: One.Type, _ parameters: IndicatorParameters, _ series: BarSeries
  ) -> [[Double]] where One.Number == Double {
    if series.count == 0 { return [[Double]](repeating: [], count: One.Figures.count) }
    return columns(type, parameters, series, from: [])
  }

  /// Makes room for one column after the other, and fills them together when there is room for all.
  private static func columns<One: Indicator>(
    _ type: One.Type, _ parameters: IndicatorParameters, _ series: BarSeries, from made: [UnsafeMutablePointer<Double>]
  ) -> [[Double]] where One.Number == Double {
    if made.count == One.Figures.count {
      fill(type, parameters, series, made[0], made.count > 1 ? made[1] : made[0], made.count > 2 ? made[2] : made[0])
      return []
    }
    var rest: [[Double]] = []
    let column = [Double](unsafeUninitializedCapacity: series.count) { buffer, filled in
      guard let start = buffer.baseAddress else { return }
      rest = columns(type, parameters, series, from: made + [start])
      filled = series.count
    }
    return [column] + rest
  }

  private static func fill<One: Indicator>(
    _ type: One.Type, _ parameters: IndicatorParameters, _ series: BarSeries, _ first: UnsafeMutablePointer<Double>,
    _ second: UnsafeMutablePointer<Double>, _ third: UnsafeMutablePointer<Double>
  ) where One.Number == Double {
    var memory = IndicatorMemory<Double>()
    stream(One(parameters, &memory), series, first, second, third)
    withExtendedLifetime(memory) {}
  }

  /// The loop over the bars.
  ///
  /// A function of its own, so that the indicator's address is never given away and its state stays in registers.
  @inline(never)
  private static func stream<One: Indicator>(
    _ start: One, _ series: BarSeries, _ first: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>,
    _ third: UnsafeMutablePointer<Double>
  ) where One.Number == Double {
    let columns = (series.open, series.high, series.low, series.close, series.volume)
    let (open, high, low) = (columns.0.span, columns.1.span, columns.2.span)
    let (close, volume) = (columns.3.span, columns.4.span)
    var indicator = start
    for index in 0..<series.count {
      // In range: all columns of a series are equally long.
      let bar = IndicatorBar(
        open: open[unchecked: index], high: high[unchecked: index], low: low[unchecked: index],
        close: close[unchecked: index], volume: volume[unchecked: index])
      let figures = indicator.step(bar)
      first[index] = figures[0]
      if One.Figures.count > 1 { second[index] = figures[1] }
      if One.Figures.count > 2 { third[index] = figures[2] }
    }
  }
}
