import Lanes
import Randomness

/// Merton's jump-diffusion on eight paths at a time. The jumps of a path come one after the other at exponential gaps,
/// which is exact, and a small part of the work of asking every step how many jumps it has.
struct JumpDiffusion {
  let diffusion: Diffusion
  let jumpKey: StreamKey
  let jumpsPerStep: Double
  let meanJump: Double
  let jumpVolatility: Double

  /// Writes the closes of a group.
  ///
  /// - Parameters:
  ///   - normals: `Diffusion.stride` of them, to work in.
  ///   - jumps: (steps + 1) · 8 ones, to work in; left so.
  @inline(never)
  func write(
    _ group: Int, of table: borrowing PriceTable, _ normals: borrowing LaneBuffer,
    _ jumps: UnsafeMutablePointer<Double>
  ) {
    multiplyJumps(of: group, table.steps, into: jumps)
    let stream = DenseStream(diffusion.key, PathGroup(firstPath: UInt64(group * Lanes.count)))
    let (deviation, drift) = (diffusion.deviationPerStep, diffusion.logDriftPerStep)
    let jumps = UnsafeMutableRawPointer(jumps).assumingMemoryBound(to: Lanes.self)
    var normals = normals.lanes.mutableSpan
    let steps = table.steps
    let closes = table.closes.lanes
    var price = Lanes(diffusion.start)
    for first in stride(from: 0, to: steps, by: Diffusion.stride) {
      stream.normals(firstBlock: Int32(first / 4), into: &normals)
      let row = group * steps + first
      for step in 0..<Diffusion.stride {
        let growth = expm1OfSmall(fma(normals[step], deviation, drift))
        price = fma(price, growth, price) * jumps[first + step]
        jumps[first + step] = .one
        closes[row + step] = price
      }
    }
  }

  /// Multiplies the jumps of eight paths into the rows of the steps in which they fall; those to come after the last
  /// step go to the row behind it.
  @inline(never)
  private func multiplyJumps(of group: Int, _ steps: Int, into jumps: UnsafeMutablePointer<Double>) {
    let stream = DenseStream(jumpKey, PathGroup(firstPath: UInt64(group * Lanes.count)))
    let end = Double(steps)
    let meanGap = 1 / jumpsPerStep
    var time = Lanes.zero
    var index: Int32 = 0
    repeat {
      // The first word of the jump's block gives its time, the second its size.
      let (gap, _) = stream.uniforms52(step: index)
      let (size, _) = boxMuller(stream.words(index).1)
      time = fma(negativeLogOfNormal(gap), meanGap, time)
      let factor = exp(fma(size, jumpVolatility, meanJump))
      // A whole number's bits, under the exponent of 2⁵².
      let row = Words(bitPattern: floor(min(time, end)) + 0x1p52) & 0xffff_ffff
      for lane in 0..<Lanes.count {
        jumps[Int(truncatingIfNeeded: row[lane]) &* Lanes.count &+ lane] *= factor[lane]
      }
      index += 1
    } while (time .< end).isAny
    for lane in 0..<Lanes.count { jumps[steps * Lanes.count + lane] = 1 }
  }
}
