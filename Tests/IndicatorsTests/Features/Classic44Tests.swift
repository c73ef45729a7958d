import Documents
import Foundation
import Indicators
import Lanes
import MarketData
import Testing

@Suite("The feature set classic44")
struct Classic44Tests {
  /// The columns as the project names them whose features these are, in its order.
  static let names = """
    open high low close volume SMA_10 SMA_10_dist SMA_20 SMA_20_dist SMA_50 SMA_50_dist EMA_10 EMA_10_dist EMA_20 \
    EMA_20_dist EMA_50 EMA_50_dist RSI BB_middle BB_upper BB_lower BB_width BB_position TR ATR ATR_percent volatility \
    volume_ma volume_ma_ratio PVT ROC_5 ROC_10 ROC_20 momentum returns log_returns volatility_5d log_returns_ma_5d \
    volatility_10d log_returns_ma_10d volatility_20d log_returns_ma_20d hour day_of_week
    """.split(separator: " ").map(String.init)

  @Test("the columns are those of the original, by name and in order")
  func order() {
    #expect(FeatureSet.classic44.columns.map(\.name) == Self.names)
    #expect(Self.names.count == 44)
  }

  @Test("the wide set begins with them, and holds no column twice")
  func wide() {
    let columns = FeatureSet.wide.columns
    #expect(columns.prefix(44).map(\.name) == Self.names)
    #expect(Set(columns.map(\.name)).count == columns.count)
    #expect(Set(columns.map(\.source)).count == columns.count)
    for entry in IndicatorCatalogue.entries {
      let sources = columns.map(\.source)
      for output in entry.form.outputs.indices {
        #expect(throws: Never.self) {
          let source = FeatureColumn.Source.indicator(try IndicatorCall(entry), output: output)
          #expect(sources.contains(source), "\(entry.name)")
        }
      }
    }
  }

  @Test("every name of a set is read back as the same column")
  func readBack() throws {
    for column in FeatureSet.wide.columns {
      #expect(try FeatureColumn(column.name).source == column.source, "\(column.name)")
    }
  }

  /// Figures by pandas and TA-Lib, and the bars that they were made from.
  struct Reference: Sendable, CustomTestStringConvertible {
    let figures, bars: String
    let asset: String?
    let from: String
    var testDescription: String { figures }
  }

  static let references = [
    Reference(
      figures: "indicators/classic44-ibm-2012.csv", bars: "us_equities_5_daily_ohlcv_2000_2013_public_domain.csv",
      asset: "IBM", from: "2012-03-01"),
    Reference(
      figures: "indicators/classic44-coin-1h.csv", bars: "bars/coin_1h.csv", asset: nil, from: "2017-12-14"),
  ]

  @Test("each figure is that of pandas and TA-Lib to 1e-9, and the look-backs are theirs", arguments: references)
  func figures(_ reference: Reference) throws {
    let folder = Fixtures.folder.deletingLastPathComponent().path
    let expected = try CSVTable(FileContents.read("\(folder)/\(reference.figures)") ?? [], file: reference.figures)
    let series = try Self.series(reference, folder: folder, count: expected.rowCount)
    #expect(expected.header == ["timestamp"] + Self.names)
    let values = FeatureColumn.values(FeatureSet.classic44.columns, of: series)
    for (column, name) in Self.names.enumerated() {
      var worst = 0.0
      for row in 0..<expected.rowCount {
        let found = values[column][row]
        guard let wanted = expected.number(row, column + 1) else {
          #expect(found.isNaN, "\(name), row \(row): \(found) in the look-back")
          continue
        }
        let rounding = Self.rounding(name, series.close[row])
        let distance = Swift.max(0, abs(found - wanted) - rounding) / Swift.max(abs(wanted), .leastNormalMagnitude)
        worst = Swift.max(worst, found.isNaN ? .infinity : distance)
      }
      #expect(worst < 1e-9, "\(name): off by \(worst) of the figure")
    }
  }

  @Test("in lanes each figure is that of one lane, bit for bit")
  func lanes() {
    let columns = FeatureSet.wide.columns
    let count = 160
    let paths = (0..<16).map { MadeBars.random.series(seed: UInt64($0) + 1, count: count) }
    let alone = paths.map { FeatureColumn.values(columns, of: $0) }
    let tile = FeatureTile(columns, groups: 2)
    var features = [Lanes](repeating: .zero, count: columns.count * 2)
    for _ in 0..<2 {
      for row in 0..<count {
        let bars = (0..<2).map { group in Self.bar(paths, row, group) }
        var span = features.mutableSpan
        tile.step(bars.span, time: paths[0].time[row], &span)
        for (index, column) in columns.enumerated() {
          for path in 0..<16 {
            let (found, wanted) = (features[index * 2 + path / 8][path % 8], alone[path][index][row])
            #expect(
              found.bitPattern == wanted.bitPattern || (found.isNaN && wanted.isNaN),
              "\(column.name), row \(row), path \(path)")
          }
        }
      }
      tile.reset()
    }
  }

  @Test("where nothing moves and nothing is traded, every figure after the look-back is a number")
  func still() {
    var series = BarSeries()
    for index in 0..<120 {
      series.append(
        Bar(time: Int64(index) * 3_600_000, open: 7, high: 7, low: 7, close: 7, volume: 0))
    }
    let columns = FeatureSet.classic44.columns
    for (column, values) in zip(columns, FeatureColumn.values(columns, of: series)) {
      for (row, value) in values.enumerated() {
        #expect(value.isNaN == (row < column.lookBack), "\(column.name), row \(row): \(value)")
      }
    }
  }

  @Test("changing the future changes no figure before it")
  func noLookAhead() {
    let columns = FeatureSet.wide.columns
    let whole = MadeBars.random.series(seed: 3, count: 200)
    let all = FeatureColumn.values(columns, of: whole)
    let first = FeatureColumn.values(columns, of: whole.prefix(120))
    for (index, column) in columns.enumerated() {
      #expect(
        all[index].prefix(120).map(\.bitPattern) == first[index].map(\.bitPattern), "\(column.name)")
    }
  }

  @Test(
    "a name that nobody knows is answered with the nearest of both kinds",
    arguments: [
      ("SMA_10_dst", #""SMA_10_dst": "dst" is neither a parameter nor an output column"#),
      ("momentun", #"unknown indicator "momentun"; did you mean "momentum"?"#),
      ("day_of_weak", #"unknown indicator "day_of_weak"; did you mean "day_of_week"?"#),
      ("SMMA_20", #"unknown indicator "SMMA_20"; did you mean "SMA_20"?"#),
    ])
  func unknown(name: String, message: String) {
    #expect { try FeatureColumn(name) } throws: { "\($0)" == message }
  }

  /// What a figure may be off whatever is left of it: differences have the rounding of what they are taken from.
  private static func rounding(_ name: String, _ close: Double) -> Double {
    switch name {
    case "momentum": 1e-15 * close
    // TA-Lib's deviation is made from sums of squares; a position is a fraction of the bands' width.
    case "BB_position": 1e-11
    default: name.hasPrefix("log_returns") ? 1e-15 : 0
    }
  }

  private static func bar(_ paths: [BarSeries], _ row: Int, _ group: Int) -> LaneBar {
    LaneBar(
      open: Lanes { paths[group * 8 + $0].open[row] }, high: Lanes { paths[group * 8 + $0].high[row] },
      low: Lanes { paths[group * 8 + $0].low[row] }, close: Lanes { paths[group * 8 + $0].close[row] },
      volume: Lanes { paths[group * 8 + $0].volume[row] })
  }

  private static func series(_ reference: Reference, folder: String, count: Int) throws -> BarSeries {
    let table = try CSVTable(FileContents.read("\(folder)/\(reference.bars)") ?? [], file: reference.bars)
    let bars = try BarTable(table, BarLayout(in: table), assets: reference.asset.map { [$0] })
    let start = try #require(Timestamp.milliseconds(reference.from))
    let all = try #require(bars.series.first)
    let first = try #require(all.time.firstIndex { $0 >= start })
    var series = BarSeries()
    for index in first..<(first + count) { series.append(all[index]) }
    return series
  }
}
