import Lanes
import Randomness

/// The dense draws of one asset on the paths of a tile, and the pass that makes its bars of them.
struct AssetStreams {
  private var overnight, diffusion, arrival, volume: NormalStream
  private let extremesKey: StreamKey
  private var extremes: ContiguousArray<DenseStream> = []

  init(_ asset: String, _ streams: RandomStreams) {
    overnight = NormalStream(streams.key(StreamName.overnight(asset)))
    diffusion = NormalStream(streams.key(StreamName.diffusion(asset)))
    arrival = NormalStream(streams.key(StreamName.arrival(asset)))
    volume = NormalStream(streams.key(StreamName.volume(asset)))
    extremesKey = streams.key(StreamName.extremes(asset))
  }

  /// Starts new paths.
  mutating func reset(_ paths: TilePaths) {
    overnight.reset(paths)
    diffusion.reset(paths)
    arrival.reset(paths)
    volume.reset(paths)
    extremes = ContiguousArray((0..<paths.groups).map { DenseStream(extremesKey, paths.group($0)) })
  }

  /// The asset's own normals of a sub-step, independent of the other assets'.
  mutating func drawInnovations(_ time: VarianceTime, _ innovations: inout ContiguousArray<Innovation>) {
    let index = diffusion.prepare(time.substep)
    Self.copy(diffusion.blocks, index, into: &innovations)
    if time.gapYears > 0 {
      let index = overnight.prepare(time.substep)
      let blocks = overnight.blocks.span
      for group in innovations.indices { innovations[group].overnight = blocks[group][index] }
    }
  }

  @inline(never)
  private static func copy(
    _ blocks: ContiguousArray<NormalBlock>, _ index: Int32, into innovations: inout ContiguousArray<Innovation>
  ) {
    let blocks = blocks.span
    var innovations = innovations.mutableSpan
    for group in innovations.indices {
      innovations[group] = Innovation(overnight: .zero, diffusion: blocks[group][index])
    }
  }

  /// The asset's own normals of a whole step, each times its weight, added up as diffusions.
  ///
  /// - Parameter hasGap: whether the step opens a session.
  mutating func sumInnovations(
    _ substeps: Range<Int>, hasGap: Bool, _ weights: (substep: Double, gap: Double),
    into sums: inout ContiguousArray<Innovation>
  ) {
    for group in sums.indices { sums[group] = .none }
    for substep in substeps {
      let index = diffusion.prepare(substep)
      Self.add(weights.substep, diffusion.blocks, index, to: &sums)
    }
    if hasGap {
      let index = overnight.prepare(substeps.lowerBound)
      Self.add(weights.gap, overnight.blocks, index, to: &sums)
    }
  }

  @inline(never)
  private static func add(
    _ weight: Double, _ blocks: ContiguousArray<NormalBlock>, _ index: Int32,
    to sums: inout ContiguousArray<Innovation>
  ) {
    let blocks = blocks.span
    var sums = sums.mutableSpan
    for group in sums.indices { sums[group].diffusion = fma(blocks[group][index], weight, sums[group].diffusion) }
  }

  /// The asset's own normals of the price at which orders arrive in a sub-step, independent of the other assets'.
  mutating func drawArrivals(_ time: VarianceTime, _ arrivals: inout ContiguousArray<Lanes>) {
    let index = arrival.prepare(time.substep)
    let blocks = arrival.blocks.span
    for group in arrivals.indices { arrivals[group] = blocks[group][index] }
  }

  /// What the asset's extremes in a sub-step are drawn from, independent of the other assets'.
  func drawExtremes(_ substep: Int, _ group: Int) -> (before: ExtremesDraw, after: ExtremesDraw) {
    extremes[group].extremes(Int32(substep))
  }

  /// Likewise for all lane groups, from a place on.
  @inline(never)
  func drawExtremes(
    _ substep: Int, offset: Int, _ before: inout ContiguousArray<ExtremesDraw>,
    _ after: inout ContiguousArray<ExtremesDraw>
  ) {
    let extremes = extremes.span
    var before = before.mutableSpan
    var after = after.mutableSpan
    for group in extremes.indices {
      (before[offset + group], after[offset + group]) = extremes[group].extremes(Int32(substep))
    }
  }

  /// Makes the prices of a sub-step for all lane groups.
  ///
  /// - Parameters:
  ///   - arrival: how far into the sub-step orders arrive; 0 at its open, or where none do.
  ///   - arrivals: the normals of the price there, correlated with those of the other assets.
  ///   - shared: what the extremes of all assets are drawn from.
  func makeBars(
    _ time: VarianceTime, arrival: Double, drawsOpen: Bool, _ terms: BarTerms, _ arrivals: ContiguousArray<Lanes>,
    _ shared: ExtremesDraws, _ moves: ContiguousArray<LogMove>, _ effects: ContiguousArray<EventEffect>,
    _ logPrices: inout ContiguousArray<Lanes>, _ bars: inout ContiguousArray<AssetStep>,
    _ interiors: inout ContiguousArray<BarInterior>
  ) {
    let substep = Int32(time.substep)
    if terms.scale.isArithmetic {
      Self.makeArithmeticBars(
        substep, arrival: arrival, drawsOpen, terms, extremes, shared, arrivals, moves, effects, &logPrices, &bars,
        &interiors)
    } else if arrival > 0 {
      Self.makeSplitBars(
        substep, arrival: arrival, drawsOpen, terms, extremes, shared, arrivals, moves, effects, &logPrices, &bars,
        &interiors)
    } else {
      Self.makeWholeBars(
        substep, drawsOpen, terms, extremes, shared, moves, effects, &logPrices, &bars, &interiors)
    }
  }

  /// Writes volume, half-spread and depth of a step for all lane groups.
  ///
  /// - Parameter factors: of volume and half-spread by the time of day.
  mutating func makeLiquidity(
    _ step: Int, _ terms: BarTerms, _ factors: (volume: Double, spread: Double),
    _ effects: ContiguousArray<EventEffect>, _ bars: inout ContiguousArray<AssetStep>
  ) {
    if terms.volumeVolatility > 0 {
      let index = volume.prepare(step)
      Self.makeNoisyLiquidity(index, terms, factors, volume.blocks, effects, &bars)
    } else {
      Self.makePlainLiquidity(terms, factors, effects, &bars)
    }
  }
}
