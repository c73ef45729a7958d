/// How far the close lies from a moving average, as a fraction of the average: close / average − 1.
///
/// Look-back as of the average.
struct AverageDistance<Average: Indicator>: Indicator
where Average.Figures == Single<Average.Number> {
  static var form: IndicatorForm {
    let average = Average.form
    return IndicatorForm(
      "\(average.name)_DISTANCE", "close over its \(average.summary), less 1", average.inputs, average.parameters
    ) { average.lookBack($0) }
  }

  private var average: Average

  init(_ parameters: IndicatorParameters, _ memory: inout IndicatorMemory<Average.Number>) {
    average = Average(parameters, &memory)
  }

  @inline(__always)
  mutating func step(_ bar: IndicatorBar<Average.Number>) -> Single<Average.Number> {
    let average = average.step(bar)
    guard average.areKnown else { return nil }
    return Single(bar.close / average.value - 1)
  }
}
