import Foundation
import GRDB

/// A tile of one market that is finished: its range of paths.
package struct FinishedTile: Sendable, Hashable {
  package let market: Int
  package let firstPath: Int64
  package let paths: Int64

  package init(market: Int, firstPath: Int64, paths: Int64) {
    self.market = market
    self.firstPath = firstPath
    self.paths = paths
  }
}

/// What a finished tile puts into the store.
package struct StoreCommit: Sendable {
  package let tile: FinishedTile
  package let outcomes: OutcomeBatch
  /// Counts to add to the market's histograms, as `HistogramCounts.encoded`.
  package let histograms: [UInt8]
  /// What the paths drew; nil where another market of the scenario writes it, which draws the same.
  package let draws: DrawBatch?
  /// Rows of `performance`; nil where the horizon is too short for it.
  package let performance: OutcomeBatch?

  package init(
    tile: FinishedTile, outcomes: OutcomeBatch, histograms: [UInt8], draws: DrawBatch? = nil,
    performance: OutcomeBatch? = nil
  ) {
    self.tile = tile
    self.outcomes = outcomes
    self.histograms = histograms
    self.draws = draws
    self.performance = performance
  }
}

extension ResultsStore {
  /// Writes finished tiles, all of them or none.
  package func commit(_ commits: [StoreCommit]) throws(StoreProblem) {
    try write { db in
      let isReal = columns.map { $0.type == .real }
      let isPerformanceReal = StoredColumn.performance.map { $0.type == .real }
      let insertTile = try db.cachedStatement(sql: "INSERT INTO tiles VALUES (?, ?, ?, ?, ?, ?)")
      let insertCounts = try db.cachedStatement(sql: "INSERT INTO pendingHistograms VALUES (?, ?, ?)")
      for commit in commits {
        let tile = commit.tile
        try insert(commit.outcomes, into: "outcomes", columns, db)
        if let rows = commit.performance { try insert(rows, into: "performance", StoredColumn.performance, db) }
        if let draws = commit.draws { try insert(draws, into: db) }
        try insertTile.execute(arguments: [
          tile.market, tile.firstPath, tile.paths, commit.outcomes.checksum(isReal: isReal), commit.draws?.checksum,
          commit.performance?.checksum(isReal: isPerformanceReal),
        ])
        try insertCounts.execute(arguments: [tile.market, tile.firstPath, Data(commit.histograms)])
        let key = "market = \(tile.market) AND firstPath = \(tile.firstPath)"
        try Self.seal(rowWhere: key, of: .tiles(market: tile.market), in: db)
        try Self.seal(rowWhere: key, of: .pendingHistograms(market: tile.market), in: db)
      }
    }
  }

  /// The finished tiles of every market, in order.
  package func tiles() throws(StoreProblem) -> [FinishedTile] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT market, firstPath, paths FROM tiles ORDER BY market, firstPath").map { row in
        FinishedTile(market: row[0], firstPath: row[1], paths: row[2])
      }
    }
  }
}
