import Lanes
import Markets
import Trading

/// A range of paths of one market that one worker does in one go.
struct TileJob: Sendable, Hashable {
  let market: Int
  /// The paths to keep. The tile starts at a multiple of eight, so it may make a few more.
  let paths: Range<Int64>

  /// The first path of the tile's first lane.
  var firstLane: Int64 { paths.lowerBound & ~7 }

  /// The jobs that remain of a run, tile after tile, in each tile market after market.
  ///
  /// - Parameters:
  ///   - wanted: the run's paths.
  ///   - finished: per market, what is in the store already.
  ///   - width: paths of a tile, a multiple of eight; tiles start at its multiples, wherever a run starts.
  static func remaining(of wanted: Range<Int64>, finished: [[Range<Int64>]], width: Int64) -> [TileJob] {
    var jobs: [TileJob] = []
    var first = wanted.lowerBound / width * width
    while first < wanted.upperBound {
      let tile = max(first, wanted.lowerBound)..<min(first + width, wanted.upperBound)
      for (market, done) in finished.enumerated() {
        jobs += gaps(in: tile, done: done).map { TileJob(market: market, paths: $0) }
      }
      first += width
    }
    return jobs
  }

  /// The parts of a range that none of some sorted, disjoint ranges covers.
  private static func gaps(in range: Range<Int64>, done: [Range<Int64>]) -> [Range<Int64>] {
    var gaps: [Range<Int64>] = []
    var next = range.lowerBound
    for covered in done where covered.overlaps(range) {
      if covered.lowerBound > next { gaps.append(next..<covered.lowerBound) }
      next = max(next, covered.upperBound)
    }
    if next < range.upperBound { gaps.append(next..<range.upperBound) }
    return gaps
  }
}

/// What a tile leaves behind.
struct TileResult: Sendable {
  let job: TileJob
  let outcomes: OutcomeBatch
  /// `HistogramCounts.encoded`.
  let histograms: [UInt8]
  /// What the paths drew; nil where another market of the scenario writes it.
  let draws: DrawBatch?
  /// What the closes of its desks add up to; nil where the horizon is too short for it.
  let performance: OutcomeBatch?
  /// Ruined paths of each desk of the market.
  let ruined: [Int]
}
