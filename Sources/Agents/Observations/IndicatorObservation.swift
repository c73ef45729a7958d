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

/// A column of one asset's bars, for all agents that ask for the same.
private final class IndicatorEstimate: SharedEstimate {
  private struct Key: Hashable {
    let asset: Int
    let name: String
  }

  private let asset: Int
  private let tile: FeatureTile
  private var bars: [LaneBar]
  private var figures: [Lanes]
  /// [group]; 0 where there is no figure.
  private(set) var values: [Lanes]

  static func shared(_ site: DeskSite, asset: Int, _ column: FeatureColumn) -> IndicatorEstimate {
    site.estimates.shared(Key(asset: asset, name: column.name)) {
      IndicatorEstimate(asset, column, groups: site.groups)
    }
  }

  private init(_ asset: Int, _ column: FeatureColumn, groups: Int) {
    self.asset = asset
    tile = FeatureTile([column], groups: groups)
    bars = Array(
      repeating: LaneBar(open: .zero, high: .zero, low: .zero, close: .zero, volume: .zero), count: groups)
    figures = Array(repeating: .zero, count: groups)
    values = figures
  }

  func reset() {
    tile.reset()
    for group in values.indices { values[group] = .zero }
  }

  func observe(_ market: MarketView) {
    for group in bars.indices {
      let bar = market.bars[asset * bars.count + group]
      bars[group] = LaneBar(open: bar.open, high: bar.high, low: bar.low, close: bar.close, volume: bar.volume)
    }
    Self.step(tile, bars, time: market.terms.clock.wallClock(atOpenOf: market.step), &figures)
    for group in values.indices {
      values[group] = select(abs(figures[group]) .<= 1e30, figures[group], .zero)
    }
  }

  private static func step(_ tile: FeatureTile, _ bars: [LaneBar], time: Int64, _ figures: inout [Lanes]) {
    var span = figures.mutableSpan
    tile.step(bars.span, time: time, &span)
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
