import Lanes
import MarketData
import Randomness

/// Sub-steps of the same market by GSL's samplers alone, one path and one number at a time: the slow twin of `ProcessEngine`, for
/// comparisons.
///
/// Events act on either by the same code, and split a sub-step where they turn: `KnotSplitter` draws there by inversion and by the
/// table of extremes, from streams of this market's own. Extremes of different assets are independent here, given their ends.
final class ReferenceEngine: BridgedBarEngine {
  let factor: CholeskyFactor?
  let extremes: ExtremesDependence? = nil
  private let clock: Clock
  private let bars: [BarTerms]
  private let sources: [any ReferenceSource]
  private let innovations: ReferenceInnovations
  private let movesKey, barsKey: StreamKey
  private let groups: Int
  private var tile: TilePaths
  /// `[group × lanes + lane]`.
  private var paths: [Path]
  /// `[asset × groups + group]`: uniforms of the last sub-step's parts before and after orders arrive, for where an event turns there.
  private var uniforms: ContiguousArray<(before: ExtremesDraw, after: ExtremesDraw)>

  /// One path. What it draws for moves and for all else is apart, since the warm-up's moves are drawn twice.
  private final class Path {
    let moves = GSLGenerator()
    let bars = GSLGenerator()
    var processes: [any ReferenceProcess] = []
    var memory = ReferenceInnovations.Memory()
  }

  init(_ site: EngineSite, _ processes: [any ReferenceDrawn], _ factor: CholeskyFactor, copulaDegrees: Double?) {
    self.factor = factor.isIdentity ? nil : factor
    groups = site.groups
    clock = site.market.clock
    innovations = ReferenceInnovations(
      assets: site.assets.count, factor: self.factor, copulaDegrees: copulaDegrees, substeps: site.market.substeps,
      hasVariance: processes.contains(where: \.hasOwnVariance))
    let isAlone = innovations.areIndependent && site.market.targets.isEmpty
    sources = zip(site.assets, processes).map { asset, process in
      process.makeReference(ReferenceSite(process: ProcessSite(asset.name, site), isAlone: isAlone))
    }
    bars = zip(site.assets, processes).enumerated().map { index, pair in
      BarTerms(pair.0, site.market, offset: index * site.groups, pair.1.scale)
    }
    movesKey = site.streams.key("reference/moves")
    barsKey = site.streams.key("reference/bars")
    tile = TilePaths(firstPath: 0, groups: site.groups)
    paths = (0..<site.groups * Lanes.count).map { _ in Path() }
    uniforms = ContiguousArray(repeating: (.none, .none), count: site.assets.count * site.groups)
  }

  var parameters: [PathParameter] { sources.flatMap(\.parameters) }

  func reset(_ paths: TilePaths) {
    tile = paths
    for source in sources { source.draw(for: paths) }
    restart()
  }

  func restart() {
    for (index, path) in paths.enumerated() {
      let (group, lane) = (index / Lanes.count, index % Lanes.count)
      path.moves.begin(movesKey, path: tile.path(group, lane))
      path.bars.begin(barsKey, path: tile.path(group, lane))
      path.processes = sources.map { $0.process(group, lane) }
      for asset in path.processes.indices { path.processes[asset].begin(path.moves) }
    }
  }

  func draw(_ time: VarianceTime, _ effects: MarketEffects, _ moves: inout [ContiguousArray<LogMove>]) {
    for (index, path) in paths.enumerated() {
      let (group, lane) = (index / Lanes.count, index % Lanes.count)
      let normals = innovations.draw(time, effects.dependence, group, lane, &path.memory, path.moves)
      for asset in moves.indices {
        let effect = effects.assets[asset].values[group]
        let stress = ReferenceStress(gap: effect.gapVolatility[lane], intraday: effect.volatility[lane])
        let move = path.processes[asset].step(time, normals[asset], stress, path.moves)
        moves[asset][group].gap[lane] = move.gap
        moves[asset][group].move[lane] = move.move
        moves[asset][group].deviation[lane] = move.deviation
      }
    }
  }

  func makeBars(
    _ time: VarianceTime, arrival: Double, drawsOpen: Bool, _ moves: [ContiguousArray<LogMove>],
    _ effects: MarketEffects, _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    for (index, path) in paths.enumerated() {
      let (group, lane) = (index / Lanes.count, index % Lanes.count)
      var normals: [Double] = []
      if arrival > 0 {
        normals = innovations.correlated(path.bars)
        let dependence = effects.dependence
        innovations.blend(&normals, dependence, part: dependence.part, group, lane, path.bars)
      }
      for asset in moves.indices {
        let place = self.bars[asset].offset + group
        uniforms[place].before.first[lane] = path.bars.uniform()
        uniforms[place].before.second[lane] = path.bars.uniform()
        uniforms[place].after.first[lane] = path.bars.uniform()
        uniforms[place].after.second[lane] = path.bars.uniform()
        makeBar(
          self.bars[asset], arrival: (arrival, arrival > 0 ? normals[asset] : 0), drawsOpen: drawsOpen,
          moves[asset][group], effects.assets[asset].values[group], group, lane, path.bars, &logPrices, &bars,
          &interiors)
      }
    }
  }

  /// One asset's bar on one path.
  ///
  /// - Parameter arrival: the fraction of the sub-step after which orders arrive, and the normal of the price there.
  private func makeBar(
    _ terms: BarTerms, arrival: (share: Double, normal: Double), drawsOpen: Bool, _ move: LogMove,
    _ effect: EventEffect, _ group: Int, _ lane: Int, _ generator: GSLGenerator,
    _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let place = terms.offset + group
    let (s, deviation) = (arrival.share, move.deviation[lane])
    let baseOpen = logPrices[place][lane] + move.gap[lane]
    let baseClose = baseOpen + move.move[lane]
    logPrices[place][lane] = baseClose
    let open = baseOpen + effect.openOffset[lane]
    let close = baseClose + effect.closeOffset[lane]
    let middle =
      s > 0
      ? baseOpen + s * move.move[lane] + deviation * (s * (1 - s)).squareRoot() * arrival.normal
        + effect.arrivalOffset[lane] : open
    let before = ReferenceExtremes.draw(move: middle - open, deviation: deviation * s.squareRoot(), generator)
    let after = ReferenceExtremes.draw(move: close - middle, deviation: deviation * (1 - s).squareRoot(), generator)
    let price = { (x: Double) in terms.scale.price(at: Lanes(x))[0] }
    let isNew = drawsOpen || move.gap[lane] != 0 || effect.jump[lane] != 0
    let first = isNew ? price(open) : bars[place].close[lane]
    let (arrived, last) = (s > 0 ? price(middle) : first, price(close))
    let highBefore = max(price(max(open, middle) + before.up), first, arrived)
    let lowBefore = min(price(min(open, middle) - before.down), first, arrived)
    let highAfter = max(price(max(middle, close) + after.up), arrived, last)
    let lowAfter = min(price(min(middle, close) - after.down), arrived, last)
    bars[place].open[lane] = first
    bars[place].close[lane] = last
    bars[place].high[lane] = max(highBefore, highAfter)
    bars[place].low[lane] = min(lowBefore, lowAfter)
    interiors[place].arrival[lane] = arrived
    interiors[place].highBefore[lane] = s > 0 ? highBefore : first
    interiors[place].lowBefore[lane] = s > 0 ? lowBefore : first
    interiors[place].highAfter[lane] = highAfter
    interiors[place].lowAfter[lane] = lowAfter
    interiors[place].deviation[lane] = deviation
  }

  func makeLiquidity(_ step: Int, _ effects: [AssetEffects], _ bars: inout ContiguousArray<AssetStep>) {
    let factors = clock.liquidityFactors(step)
    for (index, path) in paths.enumerated() {
      let (group, lane) = (index / Lanes.count, index % Lanes.count)
      for (asset, terms) in self.bars.enumerated() {
        let place = terms.offset + group
        let effect = effects[asset].values[group]
        let (sigma, b) = (terms.volumeVolatility, terms.spreadElasticity)
        let noise = sigma > 0 ? sigma * path.bars.normal() : 0
        bars[place].volume[lane] =
          terms.volumePerStep * factors.volume * effect.volume[lane] * exp(Lanes(noise - sigma * sigma / 2))[0]
        let share = terms.spreadVarianceShare
        let reaction = share > 0 ? 1 - share + share * path.processes[asset].unexpectedVariance : 1
        bars[place].halfSpread[lane] =
          terms.halfSpread * factors.spread * effect.halfSpread[lane] * reaction
          * exp(Lanes(-b * noise - b * b * sigma * sigma / 2))[0]
        bars[place].depth[lane] = terms.depth * effect.depth[lane]
      }
    }
  }

  func terms(_ asset: Int) -> BarTerms { bars[asset] }

  func extremes(_ asset: Int, _ group: Int, substep: Int, isBeforeArrival: Bool) -> ExtremesDraw {
    let draws = uniforms[asset * groups + group]
    let draw = isBeforeArrival ? draws.before : draws.after
    return ExtremesDraw(first: ExtremesDraw.onGrid(draw.first), second: ExtremesDraw.onGrid(draw.second))
  }

  func isTurned(_ asset: Int, _ group: Int, isBeforeArrival: Bool) -> Mask { .none }
}
