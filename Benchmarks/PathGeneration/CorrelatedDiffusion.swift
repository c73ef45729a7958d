import Lanes
import Randomness

/// Geometric Brownian motions of four assets that move together, on eight paths at a time.
struct CorrelatedDiffusion {
  let keys: [StreamKey]
  let start: Double
  let logDriftPerStep: Double
  /// The lower triangle of the correlations' factor times a step's deviation, row by row: 10 numbers.
  let factor: [Double]

  /// Writes the closes of a group, asset by asset: the rows of an asset follow those of the one before.
  ///
  /// - Parameter normals: 4·`Diffusion.stride` of them, to work in.
  @inline(never)
  func write(_ group: Int, of table: borrowing PriceTable, _ normals: borrowing LaneBuffer) {
    let paths = PathGroup(firstPath: UInt64(group * Lanes.count))
    let drift = Lanes(logDriftPerStep)
    let steps = table.steps / 4
    let closes = table.closes.lanes
    let all = normals.lanes
    let parts = (0..<4).map { part in
      UnsafeMutableBufferPointer(rebasing: all[part * Diffusion.stride..<(part + 1) * Diffusion.stride])
    }
    let (a, b, c, d) = (parts[0], parts[1], parts[2], parts[3])
    var (p, q, r, s) = (Lanes(start), Lanes(start), Lanes(start), Lanes(start))
    let f = factor.map { Lanes($0) }
    for first in stride(from: 0, to: steps, by: Diffusion.stride) {
      for (key, part) in zip(keys, parts) {
        var span = part.mutableSpan
        DenseStream(key, paths).normals(firstBlock: Int32(first / 4), into: &span)
      }
      let row = group * table.steps + first
      for step in 0..<Diffusion.stride {
        let (w, x, y, z) = (a[step], b[step], c[step], d[step])
        p = fma(p, expm1OfSmall(fma(w, f[0], drift)), p)
        q = fma(q, expm1OfSmall(fma(x, f[2], fma(w, f[1], drift))), q)
        r = fma(r, expm1OfSmall(fma(y, f[5], fma(x, f[4], fma(w, f[3], drift)))), r)
        s = fma(s, expm1OfSmall(fma(z, f[9], fma(y, f[8], fma(x, f[7], fma(w, f[6], drift))))), s)
        closes[row + step] = p
        closes[row + steps + step] = q
        closes[row + 2 * steps + step] = r
        closes[row + 3 * steps + step] = s
      }
    }
  }
}
