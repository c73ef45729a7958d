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

/// What goes into the store in one transaction: all that some tiles left behind.
package struct StoreCommit: Sendable {
  package var outcomes: OutcomeBatch
  package var tiles: [FinishedTile]
  /// Counts to add to the histograms, as `HistogramCounts.encoded`; nil: none.
  package var histograms: Data?

  package init(outcomes: OutcomeBatch, tiles: [FinishedTile], histograms: Data?) {
    self.outcomes = outcomes
    self.tiles = tiles
    self.histograms = histograms
  }
}

extension ResultsStore {
  /// Writes finished tiles, wholly or not at all.
  package func commit(_ commit: StoreCommit) throws {
    try queue.write { db in
      try insert(commit.outcomes, into: db)
      for tile in commit.tiles {
        try db.cachedStatement(sql: "INSERT INTO tiles VALUES (?, ?, ?)")
          .execute(arguments: [tile.market, tile.firstPath, tile.paths])
      }
      if let histograms = commit.histograms {
        try db.cachedStatement(sql: "INSERT INTO pendingHistograms (counts) VALUES (?)")
          .execute(arguments: [histograms])
      }
    }
  }

  /// The finished tiles of every market, in order.
  package func tiles() throws -> [FinishedTile] {
    try queue.read { db in
      try Row.fetchAll(db, sql: "SELECT market, firstPath, paths FROM tiles ORDER BY market, firstPath").map { row in
        FinishedTile(market: row[0], firstPath: row[1], paths: row[2])
      }
    }
  }
}
