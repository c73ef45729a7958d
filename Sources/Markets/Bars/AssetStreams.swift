import Lanes
import Randomness

/// The dense draws of one asset on the paths of a tile, and the pass that makes its bars of them.
struct AssetStreams {
  private var overnight, diffusion, arrival, volume: NormalStream
  private let extremesKey: StreamKey
  private(set) var extremes: ContiguousArray<DenseStream> = []

  /// Which of its block's normals a step takes.
  struct Sample {
    let step: Int32
    let index: Int32
  }

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

  /// The asset's own normals of a step, independent of the other assets'.
  mutating func drawInnovations(_ time: VarianceTime, _ innovations: inout ContiguousArray<Innovation>) {
    let index = diffusion.prepare(time.step)
    Self.copy(diffusion.blocks, index, into: &innovations)
    if time.gapYears > 0 {
      let index = overnight.prepare(time.step)
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

  /// Makes a step's draws ready.
  mutating func prepareBars(_ step: Int, _ terms: BarTerms) -> Sample {
    if terms.arrivalFraction > 0 { _ = arrival.prepare(step) }
    if terms.volumeVolatility > 0 { _ = volume.prepare(step) }
    return Sample(step: Int32(step), index: Int32(step & 3))
  }

  /// Makes the bars of a step for all lane groups.
  func makeBars(
    _ sample: Sample, drawsOpen: Bool, _ terms: BarTerms, _ moves: ContiguousArray<LogMove>,
    _ effects: ContiguousArray<EventEffect>, _ logPrices: inout ContiguousArray<Lanes>,
    _ bars: inout ContiguousArray<AssetStep>, _ interiors: inout ContiguousArray<BarInterior>
  ) {
    if terms.arrivalFraction > 0 {
      Self.makeSplitBars(
        sample, drawsOpen, terms, extremes, arrival.blocks, moves, effects, &logPrices, &bars, &interiors)
    } else {
      Self.makeWholeBars(sample, drawsOpen, terms, extremes, moves, effects, &logPrices, &bars, &interiors)
    }
    if terms.volumeVolatility > 0 {
      Self.makeNoisyLiquidity(sample, terms, volume.blocks, effects, &bars)
    } else {
      Self.makePlainLiquidity(terms, effects, &bars)
    }
  }
}
