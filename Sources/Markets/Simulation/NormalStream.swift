import Lanes
import Randomness

/// The standard normals of one dense stream on the paths of a tile, one a step; a block serves four steps.
struct NormalStream {
  private let key: StreamKey
  private var streams: ContiguousArray<DenseStream> = []
  private(set) var blocks: ContiguousArray<NormalBlock> = []
  private var block = Int32.min

  init(_ key: StreamKey) { self.key = key }

  /// Starts new paths.
  mutating func reset(_ paths: TilePaths) {
    streams = ContiguousArray((0..<paths.groups).map { DenseStream(key, paths.group($0)) })
    block = Int32.min
  }

  /// Makes the block of a step's normals ready.
  ///
  /// - Returns: which of the block's four normals is the step's.
  mutating func prepare(_ step: Int) -> Int32 {
    let wanted = Int32(step >> 2)
    if wanted != block {
      block = wanted
      draw()
    }
    return Int32(step & 3)
  }

  private mutating func draw() {
    if blocks.count != streams.count {
      blocks = ContiguousArray(streams.map { $0.normals(block: block) })
      return
    }
    Self.draw(streams, block, &blocks)
  }

  private static func draw(
    _ streams: ContiguousArray<DenseStream>, _ block: Int32, _ blocks: inout ContiguousArray<NormalBlock>
  ) {
    var blocks = blocks.mutableSpan
    DenseStream.normals(streams.span, block: block, into: &blocks)
  }
}
