import Foundation
import GRDB
import Statistics
import Threads

extension ResultsStore {
  /// Tiles of a market whose counts may wait before they are folded into the table `histograms`.
  static let pendingTiles = 16

  /// Folds the waiting counts of a market into its histograms, in one transaction.
  ///
  /// - Parameters:
  ///   - counts: room for the market's slots; its contents are lost.
  ///   - threads: that write histograms as bytes; they never change one.
  func consolidate(
    _ fans: FanLayout, market: Int, using counts: inout HistogramCounts, threads: Int = 1
  ) throws(StoreProblem) {
    counts.clear()
    try write { db in
      for series in fans.series { try Self.read(series, from: db, into: &counts) }
      try Self.addWaiting(of: market, from: db, to: &counts)
      let all = counts
      let encoded = orderedMap(fans.series.count, threads: threads) { number in
        let series = fans.series[number]
        return series.seconds.indices.map { Data(all.histogram(slot: series.firstSlot + $0).bytes) }
      }
      let statement = try db.cachedStatement(sql: "INSERT OR REPLACE INTO histograms VALUES (?, ?, ?, ?)")
      for (series, histograms) in zip(fans.series, encoded) {
        for (point, seconds) in series.seconds.enumerated() {
          try statement.execute(arguments: [series.number, point, seconds, histograms[point]])
        }
      }
      try db.execute(sql: "DELETE FROM pendingHistograms WHERE market = ?", arguments: [market])
      try Self.seal(fans.series.map { .histograms(series: $0.number) } + [.pendingHistograms(market: market)], in: db)
    }
  }

  /// The fans of some series of a market over all finished paths, those whose counts still wait among them. Only reads.
  ///
  /// - Parameter counts: room for the market's slots; its contents are lost.
  func fansSoFar(
    _ wanted: [FanSeries], market: Int, using counts: inout HistogramCounts
  ) throws(StoreProblem) -> [Fan] {
    counts.clear()
    try read { db in
      for series in wanted { try Self.read(series, from: db, into: &counts) }
      try Self.addWaiting(of: market, from: db, to: &counts)
    }
    return wanted.map { series in
      Fan(series, series.seconds.indices.map { counts.histogram(slot: series.firstSlot + $0) }, samplePaths: [])
    }
  }

  private static func addWaiting(of market: Int, from db: Database, to counts: inout HistogramCounts) throws {
    let waiting = try Data.fetchCursor(
      db, sql: "SELECT counts FROM pendingHistograms WHERE market = ? ORDER BY firstPath", arguments: [market])
    while let encoded = try waiting.next() { try encoded.withUnsafeBytes { try counts.add($0) } }
  }

  /// The histograms of a series, one for each of its times; nil where the table has none.
  func histograms(_ series: FanSeries) throws(StoreProblem) -> [Histogram?] {
    try read { db in
      var histograms: [Histogram?] = Array(repeating: nil, count: series.seconds.count)
      let rows = try Row.fetchCursor(
        db, sql: "SELECT point, counts FROM histograms WHERE series = ?", arguments: [series.number])
      while let row = try rows.next() {
        histograms[row[0] as Int] = try Histogram(bytes: row[1] as Data, bins: HistogramCounts.bins)
      }
      return histograms
    }
  }

  private static func read(_ series: FanSeries, from db: Database, into counts: inout HistogramCounts) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT point, counts FROM histograms WHERE series = ?", arguments: [series.number])
    while let row = try rows.next() {
      let histogram = try Histogram(bytes: row[1] as Data, bins: HistogramCounts.bins)
      counts.add(histogram, slot: series.firstSlot + (row[0] as Int))
    }
  }
}
