import Lanes
import Randomness

/// Geometric Brownian motion on eight paths at a time.
///
/// A step multiplies the price by e^{drift + deviation·Z}, whose exponent is small because |Z| < 7.54.
struct Diffusion {
  /// Steps whose normals are drawn at once: few enough to stay in the first cache.
  static let stride = 40

  let key: StreamKey
  let start: Double
  let logDriftPerStep: Double
  let deviationPerStep: Double

  init(key: StreamKey, start: Double, logDriftPerStep: Double, deviationPerStep: Double) {
    precondition(abs(logDriftPerStep) + 7.54 * deviationPerStep < 0.125, "Invariant: a step's move is small")
    self.key = key
    self.start = start
    self.logDriftPerStep = logDriftPerStep
    self.deviationPerStep = deviationPerStep
  }

  /// Writes the closes of a group.
  ///
  /// - Parameter normals: `stride` of them, to work in.
  @inline(never)
  func write(_ group: Int, of table: borrowing PriceTable, _ normals: borrowing LaneBuffer) {
    let stream = DenseStream(key, PathGroup(firstPath: UInt64(group * Lanes.count)))
    let (deviation, drift) = (deviationPerStep, logDriftPerStep)
    var normals = normals.lanes.mutableSpan
    let steps = table.steps
    let closes = table.closes.lanes
    var price = Lanes(start)
    for first in Swift.stride(from: 0, to: steps, by: Self.stride) {
      stream.normals(firstBlock: Int32(first / 4), into: &normals)
      let row = group * steps + first
      for step in 0..<Self.stride {
        price = fma(price, expm1OfSmall(fma(normals[step], deviation, drift)), price)
        closes[row + step] = price
      }
    }
  }
}
