import Lanes
import Randomness

/// A process whose variance draws normals of its own, which depend on those of other such assets as prices do.
protocol VarianceDriven: ProcessState {
  /// The variance's own normals of the sub-step, by lane group: where the engine puts them before each `advance`.
  var varianceInnovations: ContiguousArray<Innovation> { get set }
}

/// The variance's own normals of one asset on the paths of a tile, independent of other assets'.
struct VarianceStreams {
  private var overnight, diffusion: NormalStream

  init(_ asset: String, _ streams: RandomStreams) {
    overnight = NormalStream(streams.key(StreamName.overnightVariance(asset)))
    diffusion = NormalStream(streams.key(StreamName.variance(asset)))
  }

  /// Starts new paths.
  mutating func reset(_ paths: TilePaths) {
    overnight.reset(paths)
    diffusion.reset(paths)
  }

  /// Draws the normals of a sub-step; those of the gap at session openings only.
  mutating func draw(_ time: VarianceTime, _ innovations: inout ContiguousArray<Innovation>) {
    let index = diffusion.prepare(time.substep)
    for group in innovations.indices { innovations[group].diffusion = diffusion.blocks[group][index] }
    guard time.gapYears > 0 else { return }
    let other = overnight.prepare(time.substep)
    for group in innovations.indices { innovations[group].overnight = overnight.blocks[group][other] }
  }
}
