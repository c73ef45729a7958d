import MarketData

/// An indicator with its parameters.
package struct IndicatorCall: Sendable {
  /// The indicator.
  package let entry: IndicatorEntry
  /// Its parameters.
  package let parameters: IndicatorParameters

  init(_ entry: IndicatorEntry, _ parameters: IndicatorParameters) {
    self.entry = entry
    self.parameters = parameters
  }

  /// An indicator with parameters from numbers; missing ones at the end take their defaults.
  ///
  /// - Throws: that there are too many, or that one is outside its range.
  package init(_ entry: IndicatorEntry, _ values: [Double] = []) throws(IndicatorColumnError) {
    self.init(entry, try entry.form.parameters(values))
  }

  /// The bars before the first that has figures.
  package var lookBack: Int { entry.form.lookBack(parameters) }

  /// The output columns over a recorded series, each as long as the series and NaN in the look-back.
  package func run(_ series: BarSeries) -> [[Double]] { entry.run(parameters, series) }

  /// The indicator for a tile of simulated paths, before its first bar.
  package func makeTile(groups: Int) -> IndicatorTile { entry.makeTile(parameters, groups) }

  /// The name of an output column with all parameters, such as `MACD_12_26_9_signal`.
  package func columnName(_ output: Int) -> String {
    let values = zip(entry.form.parameters, parameters.values).map { $0.text($1) }
    let last = entry.form.outputs[output]
    return ([entry.name] + values + (last.isEmpty ? [] : [last])).joined(separator: "_")
  }
}

extension IndicatorCall: Hashable {
  /// Two calls are the same by the indicator's name and the parameters.
  package static func == (a: IndicatorCall, b: IndicatorCall) -> Bool {
    a.entry.name == b.entry.name && a.parameters == b.parameters
  }

  /// By the indicator's name and the parameters.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(entry.name)
    hasher.combine(parameters)
  }
}
