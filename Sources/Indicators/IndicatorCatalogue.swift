import Lanes

/// The indicators that a column can name; a new indicator is one file and one line here.
package enum IndicatorCatalogue {
  /// Every indicator, in the order of TA-Lib's groups.
  package static let entries: [IndicatorEntry] = [
    .indicator(SimpleMovingAverage<Double>.self, SimpleMovingAverage<Lanes>.self),
    .indicator(ExponentialMovingAverage<Double>.self, ExponentialMovingAverage<Lanes>.self),
    .indicator(MovingAverageConvergenceDivergence<Double>.self, MovingAverageConvergenceDivergence<Lanes>.self),
    .indicator(RelativeStrengthIndex<Double>.self, RelativeStrengthIndex<Lanes>.self),
  ]

  /// The indicator of a name, or nil.
  package static func entry(_ name: String) -> IndicatorEntry? { byName[name] }

  /// The most words that a name has, as in `LINEARREG_INTERCEPT`.
  static let mostWords = entries.map { $0.name.split(separator: "_").count }.max() ?? 1

  private static let byName: [String: IndicatorEntry] = {
    precondition(Set(entries.map(\.name)).count == entries.count, "Invariant: names of indicators are unique")
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
  }()
}
