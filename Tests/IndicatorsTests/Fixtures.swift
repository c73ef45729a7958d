import Foundation
import Indicators
import Lanes
import MarketData
import Testing

/// The files that the tests hold us to, and bars to run over.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures/indicators")

  /// One call of TA-Lib that made a column.
  struct Call: Decodable, Sendable, CustomTestStringConvertible {
    let column, call: String
    let first_valid_index, n_valid: Int
    var testDescription: String { call }
  }

  private struct Calls: Decodable { let calls: [Call] }

  static let calls: [Call] = {
    let bytes = (try? Data(contentsOf: folder.appendingPathComponent("talib-ibm-2007-2010-calls.json"))) ?? Data()
    return (try? JSONDecoder().decode(Calls.self, from: bytes).calls) ?? []
  }()

  /// The reference table by column.
  static let reference: [String: [Double]] = {
    let path = folder.appendingPathComponent("talib-ibm-2007-2010.csv").path
    let rows = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n")
    guard let header = rows.first?.split(separator: ",") else { return [:] }
    var columns = [[Double]](repeating: [], count: header.count)
    for row in rows.dropFirst() {
      for (index, field) in row.split(separator: ",").enumerated() { columns[index].append(Double(field) ?? .nan) }
    }
    return Dictionary(uniqueKeysWithValues: zip(header.map(String.init), columns))
  }()

  /// The bars of the reference table.
  static let ibm: BarSeries = series(
    open: reference["open"] ?? [], high: reference["high"] ?? [], low: reference["low"] ?? [],
    close: reference["close"] ?? [], volume: reference["volume"] ?? [])

  /// A series from columns.
  static func series(open: [Double], high: [Double], low: [Double], close: [Double], volume: [Double]) -> BarSeries {
    var series = BarSeries()
    for index in open.indices {
      series.append(
        Bar(
          time: Int64(index) * 86_400_000, open: open[index], high: high[index], low: low[index],
          close: close[index], volume: volume[index]))
    }
    return series
  }
}

/// Bars made for tests.
enum MadeBars: String, CaseIterable, Sendable {
  case random, constant, jumps

  /// Bars of this kind: a random walk, one price for ever, or a walk that stands still and jumps by half.
  func series(seed: UInt64, count: Int) -> BarSeries {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    var series = BarSeries()
    var close = 50 + 100 * uniform()
    for index in 0..<count {
      let before = close
      var (open, high, low, volume) = (close, close, close, 1e5)
      let quiet = self == .jumps && (index / 60) % 3 == 1
      if self != .constant, !quiet {
        open = before * (1 + 0.004 * (uniform() - 0.5))
        close = open * (1 + 0.03 * (uniform() - 0.5))
        if self == .jumps, index % 47 == 46 { close = open * (uniform() < 0.5 ? 0.5 : 2) }
        high = Swift.max(open, close) * (1 + 0.01 * uniform())
        low = Swift.min(open, close) * (1 - 0.01 * uniform())
        volume = (1e6 * uniform()).rounded()
      }
      series.append(
        Bar(time: Int64(index) * 60_000, open: open, high: high, low: low, close: close, volume: volume))
    }
    return series
  }
}

extension BarSeries {
  /// The first bars.
  func prefix(_ count: Int) -> BarSeries {
    var series = BarSeries()
    for index in 0..<count { series.append(self[index]) }
    return series
  }
}

/// A recorded series in one of the lanes of a tile, among lanes that are something else.
enum SideBySide {
  /// The output columns of lane 5; the other lanes see prices that are shifted.
  static func run(_ tile: IndicatorTile, _ series: BarSeries) -> [[Double]] {
    var columns = [[Double]](repeating: [], count: tile.outputs)
    var figures = [Lanes](repeating: .zero, count: tile.outputs)
    for index in 0..<series.count {
      let bar = series[index]
      func lane(_ price: Double) -> Lanes { Lanes { $0 == 5 ? price : price + Double($0 + 1) } }
      let bars = [
        LaneBar(
          open: lane(bar.open), high: lane(bar.high), low: lane(bar.low), close: lane(bar.close),
          volume: lane(bar.volume))
      ]
      var out = figures.mutableSpan
      tile.step(bars.span, &out)
      for output in 0..<tile.outputs { columns[output].append(figures[output][5]) }
    }
    return columns
  }
}
