import Documents
import Indicators
import Lanes
import MarketData
import Trading

/// A feature column of each asset's bars, as `stresslab features` has it: in the column's own unit, of any size that it has.
///
/// 0 in its look-back, and where it has no figure of a size that a network can take (up to 10³⁰). What the bar's time tells
/// (`hour`, `day_of_week`) is that of its open on the market's own wall clock.
package struct IndicatorObservation: Observation {
  /// The column, by its name among TA-Lib's and `classic44`'s.
  package let column: FeatureColumn

  static let form = Form(
    Field("name", .featureColumn, "the column, such as RSI_14; see `stresslab list indicators`"),
    make: IndicatorObservation.init)

  package func names(_ assets: [String]) -> [String] { assets.map { "\(column.name)(\($0))" } }

  /// The bars before the first that has a figure, and that one.
  package func lookBack(_ market: MarketTerms) -> Int { column.lookBack + 1 }

  package func makeState(_ site: ObservationSite) -> any ObservationState {
    let figures = site.assets.map { IndicatorEstimate.shared(site.desk, asset: $0, column) }
    return AssetNumbers(site) { _, _, place in figures[place.number].values[place.group] }
  }
}

extension FieldKind where Value == FeatureColumn {
  /// The name of a feature column.
  fileprivate static var featureColumn: FieldKind {
    let name = FieldKind<String>.string
    return FieldKind(
      FieldType("name of an indicator's column"), schema: { name.schema($0) }, json: { .string($0.name) }
    ) { node, reading in
      guard let text = name.read(node, reading) else { return nil }
      do throws(IndicatorColumnError) {
        return try FeatureColumn(text)
      } catch {
        reading.report(error.description, at: node)
        return nil
      }
    }
  }
}
