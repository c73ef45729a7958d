import Lanes
import MarketData

/// An indicator of the catalogue: its form, and how it runs in one lane and in eight.
///
/// The closures are made where both types are concrete, so that what they call is specialised: one call runs a whole
/// recorded series, one call advances all lane groups of a tile by a step.
package struct IndicatorEntry: Sendable {
  /// Name, parameters, outputs and look-back.
  package let form: IndicatorForm
  let run: @Sendable (IndicatorParameters, BarSeries) -> [[Double]]
  let makeTile: @Sendable (IndicatorParameters, _ groups: Int) -> IndicatorTile

  /// TA-Lib's name.
  package var name: String { form.name }

  /// An indicator by its type for one lane and its type for eight.
  @inline(__always)
  static func indicator<One: Indicator, Many: Indicator>(
    _ one: One.Type, _ many: Many.Type
  ) -> IndicatorEntry where One.Number == Double, Many.Number == Lanes {
    IndicatorEntry(
      form: One.form,
      run: { RecordedRun.columns(One.self, $0, $1) },
      makeTile: { IndicatorTile(Many.self, $0, groups: $1) })
  }

  /// Likewise, an indicator that is a function of another one's figure.
  @inline(__always)
  static func mapped<One: MappedIndicator, Many: MappedIndicator>(
    _ one: One.Type, _ many: Many.Type
  ) -> IndicatorEntry where One.Number == Double, Many.Number == Lanes {
    IndicatorEntry(
      form: One.form,
      run: { [RecordedMap.column(One.self, $0, $1)] },
      makeTile: { IndicatorTile(Many.self, $0, groups: $1) })
  }

  /// Likewise, an indicator of two closes.
  @inline(__always)
  static func change<One: ChangeIndicator, Many: ChangeIndicator>(
    _ one: One.Type, _ many: Many.Type
  ) -> IndicatorEntry where One.Number == Double, Many.Number == Lanes {
    IndicatorEntry(
      form: One.form,
      run: { [RecordedChange.column(One.self, $0, $1)] },
      makeTile: { IndicatorTile(Many.self, $0, groups: $1) })
  }
}
