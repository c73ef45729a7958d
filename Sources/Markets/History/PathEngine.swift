import Lanes
import MarketData

/// Steps from the rows of paths that another program made.
///
/// Without events a bar is the file's own, to the last bit, times what its path is scaled by. What events do comes on top: their
/// volatility multiplier scales the deviations of log returns from the file's means and the distances of high and low beyond open
/// and close, and how far that has led the price away from the file's is kept beside it. Nothing is known between open and close:
/// orders arrive at the open, and offsets act on open and close. Volume, half-spread and depth are those of the row where the file
/// has them, else the asset's own, times the events' multipliers.
final class PathEngine: BarEngine {
  private let columns: [OutsidePaths.Columns]
  private let count: Int
  private let rows: Int
  private let terms: [BarTerms]
  private let means: [(gap: Double, move: Double)]
  private let warmupSteps: Int
  /// [lane]: the first row of each path of the tile.
  private var firstRows: ContiguousArray<Int>
  /// The row of the step that was drawn last, counted from a path's first.
  private var row = 0
  /// [asset × groups + group]: what the file's prices are multiplied by.
  private var scales: ContiguousArray<Lanes>
  /// Likewise: the log price over the file's at the last close, events' offsets aside; exactly 0 until one has acted.
  private var departures: ContiguousArray<Lanes>
  /// Likewise: the file's own log returns in the step that was drawn last.
  private var recorded: ContiguousArray<LogMove>

  init(
    _ site: EngineSite, _ columns: [OutsidePaths.Columns], paths: Int, rows: Int, means: [(gap: Double, move: Double)]
  ) {
    let groups = site.groups
    self.columns = columns
    self.rows = rows
    self.means = means
    count = paths
    warmupSteps = site.market.clock.warmupSteps
    terms = site.assets.enumerated().map { BarTerms($1, site.market, offset: $0 * groups) }
    firstRows = ContiguousArray(repeating: 0, count: groups * Lanes.count)
    scales = ContiguousArray(repeating: .one, count: columns.count * groups)
    departures = ContiguousArray(repeating: .zero, count: columns.count * groups)
    recorded = ContiguousArray(repeating: .none, count: columns.count * groups)
  }

  var parameters: [PathParameter] { [] }

  func reset(_ paths: TilePaths) {
    for lane in firstRows.indices {
      // Lanes behind the last path are nobody's: no run asks for them.
      let path = paths.path(lane / Lanes.count, lane % Lanes.count)
      firstRows[lane] = Int(min(path, UInt64(count - 1))) * rows
    }
    for (asset, terms) in terms.enumerated() {
      for group in 0..<paths.groups {
        let close = Self.gather(columns[asset].close, firstRows, group, warmupSteps)
        scales[terms.offset + group] = Lanes(terms.price) / close
      }
    }
    restart()
  }

  func restart() {
    for place in departures.indices { departures[place] = .zero }
  }

  func draw(_ time: VarianceTime, _ effects: MarketEffects, _ moves: inout [ContiguousArray<LogMove>]) {
    // Row 0 is where a path starts.
    row = warmupSteps + 1 + time.substep
    for asset in moves.indices {
      Self.draw(
        columns[asset], firstRows, row, means[asset], effects.assets[asset].values, terms[asset].offset, &recorded,
        &moves[asset])
    }
  }

  @inline(never)
  private static func draw(
    _ columns: OutsidePaths.Columns, _ firstRows: ContiguousArray<Int>, _ row: Int,
    _ means: (gap: Double, move: Double),
    _ effects: ContiguousArray<EventEffect>, _ offset: Int, _ recorded: inout ContiguousArray<LogMove>,
    _ moves: inout ContiguousArray<LogMove>
  ) {
    for group in moves.indices {
      let bar = FileBar(columns, firstRows, group, row)
      let before = gather(columns.close, firstRows, group, row - 1)
      let gap = columns.open == nil ? Lanes.zero : log(bar.open / before)
      let move = log(bar.close / bar.open)
      let beyond = log(bar.high / max(bar.open, bar.close)) + log(min(bar.open, bar.close) / bar.low)
      recorded[offset + group] = LogMove(gap: gap, move: move, deviation: .zero)
      moves[group] = .recorded(gap: gap, move: move, beyond: beyond, means: means, effects[group])
    }
  }

  func makeBars(
    _ time: VarianceTime, arrival: Double, drawsOpen: Bool, _ moves: [ContiguousArray<LogMove>],
    _ effects: MarketEffects, _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    for asset in moves.indices {
      let offset = terms[asset].offset
      for group in moves[asset].indices {
        let place = offset + group
        let (move, own) = (moves[asset][group], recorded[place])
        let effect = effects.assets[asset].values[group]
        logPrices[place] += move.gap + move.move
        let openDeparture = departures[place] + (move.gap - own.gap)
        departures[place] = openDeparture + (move.move - own.move)
        let file = FileBar(columns[asset], firstRows, group, row)
        let bar = Self.bar(
          file, scales[place], open: openDeparture + effect.openOffset, close: departures[place] + effect.closeOffset,
          effect.volatility)
        bars[place] = bar
        var interior = BarInterior(unmoved: bar.open)
        interior.highAfter = bar.high
        interior.lowAfter = bar.low
        interior.deviation = move.deviation
        interiors[place] = interior
      }
    }
  }

  /// A bar of the file, with log prices moved at its open and close.
  @inline(never)
  private static func bar(_ file: FileBar, _ scale: Lanes, open: Lanes, close: Lanes, _ volatility: Lanes) -> AssetStep
  {
    var bar = AssetStep(unmoved: file.open * scale * exp(open))
    bar.close = file.close * scale * exp(close)
    // A high that nothing moves is the file's; the logarithm of a distance and back is so to the last digits alone.
    let isOwn = (open .== 0) & (close .== 0) & (volatility .== 1)
    let highBeyond = log(file.high / max(file.open, file.close)) * volatility
    let lowBeyond = log(min(file.open, file.close) / file.low) * volatility
    bar.high = select(isOwn, file.high * scale, max(bar.open, bar.close) * exp(highBeyond))
    bar.low = select(isOwn, file.low * scale, min(bar.open, bar.close) * exp(-lowBeyond))
    return bar
  }

  func makeLiquidity(_ step: Int, _ effects: [AssetEffects], _ bars: inout ContiguousArray<AssetStep>) {
    for asset in effects.indices {
      let (columns, terms) = (columns[asset], terms[asset])
      func own(_ column: [Double]?, _ group: Int) -> Lanes? {
        column.map { Self.gather($0, firstRows, group, row) }
      }
      for (group, effect) in effects[asset].values.enumerated() {
        let place = terms.offset + group
        bars[place].volume = (own(columns.volume, group) ?? Lanes(terms.volumePerStep)) * effect.volume
        // In basis points there, as the scenario's figure is before `BarTerms`.
        bars[place].halfSpread =
          (own(columns.halfSpreadBps, group).map { $0 / 10_000 } ?? Lanes(terms.halfSpread)) * effect.halfSpread
        bars[place].depth = (own(columns.depthTo1Percent, group) ?? Lanes(terms.depth)) * effect.depth
      }
    }
  }

  /// The numbers of one row of eight paths.
  @inline(__always)
  fileprivate static func gather(
    _ column: [Double], _ firstRows: ContiguousArray<Int>, _ group: Int, _ row: Int
  ) -> Lanes {
    Lanes { column[firstRows[group * Lanes.count + $0] + row] }
  }
}

/// A row of eight paths, with what the file does not have put in its place.
private struct FileBar {
  let open: Lanes
  let high: Lanes
  let low: Lanes
  let close: Lanes

  @inline(__always)
  init(_ columns: OutsidePaths.Columns, _ firstRows: ContiguousArray<Int>, _ group: Int, _ row: Int) {
    close = PathEngine.gather(columns.close, firstRows, group, row)
    open =
      columns.open.map { PathEngine.gather($0, firstRows, group, row) }
      ?? PathEngine.gather(columns.close, firstRows, group, row - 1)
    high = columns.high.map { PathEngine.gather($0, firstRows, group, row) } ?? max(open, close)
    low = columns.low.map { PathEngine.gather($0, firstRows, group, row) } ?? min(open, close)
  }
}
