import Digests

/// What has changed in a store, in words.
struct Damage: Error {
  let what: String
}

/// Adds up rows that come path after path, and compares each tile's sum with what the store says of it.
struct TileChecks {
  /// A finished tile and the checksum of its rows; nil where it wrote none.
  struct Tile {
    let paths: Range<Int64>
    let checksum: String?
  }

  /// What the rows are, such as `outcomes`.
  private let rows: String
  /// Of each market, ascending.
  private let tiles: [[Tile]]
  /// The tile of each market whose rows come now.
  private var current: [Int]
  private let sums: [Sum]

  /// A running digest that can be started again.
  private final class Sum {
    private var digest: Digest? = Digest()

    func add(_ words: UnsafeBufferPointer<UInt64>) { digest?.update(UnsafeRawBufferPointer(words)) }

    func take() -> String {
      guard let whole = digest.take() else { preconditionFailure("Invariant: a sum always runs") }
      digest = Digest()
      return whole.finish()
    }
  }

  /// - Parameter tiles: of each market, ascending and disjoint.
  init(_ rows: String, _ tiles: [[Tile]]) {
    self.rows = rows
    self.tiles = tiles
    current = tiles.map { _ in 0 }
    sums = tiles.map { _ in Sum() }
  }

  /// Adds the next row of a market; its words are little-endian.
  ///
  /// - Throws: `Damage` where a tile that is over does not have its rows, or no tile has this one.
  mutating func add(_ words: UnsafeBufferPointer<UInt64>, market: Int?, path: Int64) throws(Damage) {
    guard let market, tiles.indices.contains(market) else {
      throw Damage(what: "\(rows) of path \(path) are of no market")
    }
    while current[market] < tiles[market].count, tiles[market][current[market]].paths.upperBound <= path {
      try finishTile(of: market)
    }
    guard current[market] < tiles[market].count, case let tile = tiles[market][current[market]],
      tile.paths.contains(path), tile.checksum != nil
    else { throw Damage(what: "\(rows) of path \(path) in market \(market) are of no finished tile") }
    sums[market].add(words)
  }

  /// Compares what is left.
  mutating func finish() throws(Damage) {
    for market in tiles.indices {
      while current[market] < tiles[market].count { try finishTile(of: market) }
    }
  }

  private mutating func finishTile(of market: Int) throws(Damage) {
    let tile = tiles[market][current[market]]
    let sum = sums[market].take()
    if let checksum = tile.checksum, checksum != sum {
      throw Damage(
        what: "the \(rows) of paths \(tile.paths.lowerBound)…\(tile.paths.upperBound - 1) in market \(market) are not "
          + "those that were written")
    }
    current[market] += 1
  }
}
