import Lanes
import Markets
import Randomness

/// Heston's model by QE-M on eight paths at a time: the market's own step, and no more of a bar than its close.
struct StochasticVolatility {
  let priceKey, varianceKey: StreamKey
  let start: Double
  /// v at the start, 1/year.
  let variance: Double
  let law: QuadraticExponential

  /// Writes the closes of a group.
  ///
  /// - Parameters:
  ///   - prices: `Diffusion.stride` normals, to work in.
  ///   - variances: likewise.
  @inline(never)
  func write(
    _ group: Int, of table: borrowing PriceTable, _ prices: borrowing LaneBuffer, _ variances: borrowing LaneBuffer
  ) {
    let paths = PathGroup(firstPath: UInt64(group * Lanes.count))
    let (priceStream, varianceStream) = (DenseStream(priceKey, paths), DenseStream(varianceKey, paths))
    var epsilons = prices.lanes.mutableSpan
    var etas = variances.lanes.mutableSpan
    let steps = table.steps
    let closes = table.closes.lanes
    var price = Lanes(start)
    var variance = Lanes(variance)
    for first in stride(from: 0, to: steps, by: Diffusion.stride) {
      priceStream.normals(firstBlock: Int32(first / 4), into: &epsilons)
      varianceStream.normals(firstBlock: Int32(first / 4), into: &etas)
      let row = group * steps + first
      for step in 0..<Diffusion.stride {
        let end = law.step(from: variance, price: epsilons[step], own: etas[step], multiplier: .one)
        variance = end.variance
        price *= exp(end.move)
        closes[row + step] = price
      }
    }
  }
}
