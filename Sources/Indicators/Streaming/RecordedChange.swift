import MarketData

/// An indicator of two closes: that of the bar, and that of n bars before, n being its only parameter.
///
/// Over a recorded series the close of n bars before stands in the series: with no window to keep, the loop runs over
/// several bars at a time.
protocol ChangeIndicator: Indicator where Figures == Single<Number> {
  /// The figure of a close and the one n bars before.
  static func figure(_ close: Number, after before: Number) -> Number
}

/// Such an indicator over the bars of a recorded series.
enum RecordedChange {
  /// The output column, as long as the series and NaN in the look-back.
  static func column<One: ChangeIndicator>(
    _ type: One.Type, _ parameters: IndicatorParameters, _ series: BarSeries
  ) -> [Double] where One.Number == Double {
    let bars = Swift.min(parameters.whole(0), series.count)
    return [Double](unsafeUninitializedCapacity: series.count) { column, filled in
      for index in 0..<bars { column[index] = .nan }
      series.close.withUnsafeBufferPointer { closes in
        for index in bars..<closes.count { column[index] = One.figure(closes[index], after: closes[index &- bars]) }
      }
      filled = series.count
    }
  }
}
