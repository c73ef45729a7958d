import Lanes
import Randomness

/// The normals that an event blends with those of a process engine, on the paths of a tile: Lε of its target, from streams of
/// its own.
struct TargetStreams {
  /// `[draw][source]`: ε of each kind of draw.
  private var streams: [[NormalStream]]
  /// `[asset][source]`: L.
  private let loadings: [[Double]]

  init(_ target: DependenceTarget, _ market: MarketDescription, _ keys: RandomStreams) {
    loadings = target.loadings
    let event = market.events[target.event]
    streams = StressedDraw.allCases.map { draw in
      target.sources.map { NormalStream(keys.key(StreamName.stressed(draw, $0, by: event))) }
    }
  }

  /// Starts new paths.
  mutating func reset(_ paths: TilePaths) {
    for draw in streams.indices {
      for source in streams[draw].indices { streams[draw][source].reset(paths) }
    }
  }

  /// Adds √p·Lε to the normals of an asset that the target touches.
  ///
  /// - Parameters:
  ///   - target: its place among the targets.
  ///   - part: the sub-step of the step by whose shares they are added.
  mutating func add(
    _ draw: StressedDraw, _ substep: Int, _ target: Int, _ asset: Int, _ dependence: DependenceEffects, part: Int,
    to normals: inout ContiguousArray<Lanes>
  ) {
    for (source, loading) in loadings[asset].enumerated() where loading != 0 {
      let index = streams[draw.place][source].prepare(substep)
      Self.add(
        streams[draw.place][source].blocks, index, loading, target, asset, dependence, part: part, to: &normals)
    }
  }

  @inline(never)
  private static func add(
    _ blocks: ContiguousArray<NormalBlock>, _ index: Int32, _ loading: Double, _ target: Int, _ asset: Int,
    _ dependence: DependenceEffects, part: Int, to normals: inout ContiguousArray<Lanes>
  ) {
    let blocks = blocks.span
    var normals = normals.mutableSpan
    for group in normals.indices {
      let share = dependence.share(target, asset, part: part, group: group)
      normals[group] = fma(share * loading, blocks[group][index], normals[group])
    }
  }
}

extension StressedDraw {
  fileprivate var place: Int {
    switch self {
    case .diffusion: 0
    case .overnight: 1
    case .arrival: 2
    }
  }
}
