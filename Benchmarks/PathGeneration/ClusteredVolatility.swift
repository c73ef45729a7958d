import Lanes
import Markets
import Randomness

/// GARCH(1,1) with Student's innovations on eight paths at a time, by the market's own mixing of normals.
struct ClusteredVolatility {
  let normalKey, mixingKey: StreamKey
  let start: Double
  /// ω, α and β of a day's variance, and h at the start.
  let constant, news, memory, variance: Double
  let mixing: StudentMixing

  /// Writes the closes of a group.
  ///
  /// - Parameters:
  ///   - normals: `Diffusion.stride` of them, to work in.
  ///   - mixings: likewise.
  @inline(never)
  func write(
    _ group: Int, of table: borrowing PriceTable, _ normals: borrowing LaneBuffer, _ mixings: borrowing LaneBuffer
  ) {
    let paths = PathGroup(firstPath: UInt64(group * Lanes.count))
    let (normalStream, mixingStream) = (DenseStream(normalKey, paths), DenseStream(mixingKey, paths))
    var epsilons = normals.lanes.mutableSpan
    var etas = mixings.lanes.mutableSpan
    let steps = table.steps
    let closes = table.closes.lanes
    var price = Lanes(start)
    var h = Lanes(variance)
    for first in stride(from: 0, to: steps, by: Diffusion.stride) {
      normalStream.normals(firstBlock: Int32(first / 4), into: &epsilons)
      mixingStream.normals(firstBlock: Int32(first / 4), into: &etas)
      let row = group * steps + first
      for step in 0..<Diffusion.stride {
        let move = sqrt(h * mixing.variance(at: etas[step])) * epsilons[step]
        h = fma(move * move, news, fma(h, memory, Lanes(constant)))
        price *= exp(move)
        closes[row + step] = price
      }
    }
  }
}
