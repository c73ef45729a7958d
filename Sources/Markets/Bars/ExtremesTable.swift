import Lanes

/// How rarely a Brownian bridge goes as far beyond one of its ends as it does, given how rarely it goes as far beyond the
/// other: the law that couples the high and the low of a bar.
///
/// Let U be the probability that a bridge between two ends that lie d apart exceeds its extreme on one side, and V that on
/// the other; both are uniform. Their joint law, the same if they are exchanged, depends on d over the standard deviation
/// alone and follows from the reflection series (P. Billingsley, *Convergence of Probability Measures*, 1968, 11.10),
///
///     P(high < h, low > −y) = Σₖ exp(−2kD(kD − d)/v) − exp(−2(h + kD)(h + kD − d)/v),  D = h + y.
///
/// A table holds it as `nodes` copulas, of which a draw takes one of the two next to its d, by lot. For each of `rows`
/// equal ranges of U a copula has `slots` equally likely sets of V, in ascending order: the law's conditional quantiles,
/// rounded by their ranks among those of all ranges to `cells` equal ranges of V. So each cell of V is as likely as any
/// other to the last bit, and U and V stay uniform whatever is rounded; what is rounded is how they hang together, to
/// 1/32 in U, 1/64 in the conditional law and 1/31 in d/(d + 1.5 σ).
struct ExtremesTable: Sendable {
  /// Values of d for which there is a copula: d/(d + `scale` σ) = 0, 1/31, 2/31 … 1. At the last the two are independent.
  static let nodes = 32
  static let rows = 32
  static let slots = 64
  static let cells = 256
  /// Deviations at which the nodes are half spent.
  static let scale = 1.5

  /// `[(node · rows + row) · slots + slot]`: the cell of V, 0 … 255.
  let bytes: ContiguousArray<UInt8>

  /// The table; it is made once, in some milliseconds.
  static let ofBrownianBridges = ExtremesTable()

  init() {
    var bytes = ContiguousArray<UInt8>()
    bytes.reserveCapacity(Self.nodes * Self.rows * Self.slots)
    for node in 0..<Self.nodes { bytes += Self.copula(share: Double(node) / Double(Self.nodes - 1)) }
    self.bytes = bytes
  }

  /// Draws V given U.
  ///
  /// - Parameters:
  ///   - u: U, in (0, 1), of at least 32 random bits; the last twelve choose the node.
  ///   - w: a uniform in (0, 1) independent of it, of at least 32 random bits.
  ///   - share: |d|/(|d| + `scale` σ), in 0 ... 1.
  ///   - bytes: the table's.
  @inline(__always)
  static func draw(_ u: Lanes, _ w: Lanes, share: Lanes, _ bytes: Span<UInt8>) -> Lanes {
    // Under the exponent of 1, numbers in [0, 1) stand as 52 bits.
    let (first, second) = (Words(bitPattern: u + 1), Words(bitPattern: w + 1))
    let lot = Lanes(bitPattern: ((first &<< 20) & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000)
    // 32 + share · 31 + the lot, in [32, 64), whose five highest bits are the node.
    let node = Words(bitPattern: fma(share, Double(nodes - 1), lot + 31))
    let place =
      (((node &>> 47) & 31) &<< 11) | (((first &>> 47) & 31) &<< 6) | ((second &>> 46) & 63)
    let cell = place.lookUp(in: bytes)
    // The bits of w after those of its slot place V in its cell.
    let v = (cell &<< 44) | ((second & 0x0000_3fff_ffff_ffff) &>> 2) | 0x3ff0_0000_0000_0000
    return Lanes(bitPattern: v) - 1
  }

  /// One copula, row after row.
  private static func copula(share: Double) -> [UInt8] {
    guard share < 1 else {
      return (0..<rows * slots).map { UInt8($0 % slots * cells / slots) }
    }
    let quantiles = quantiles(distance: scale * share / (1 - share))
    let order = quantiles.indices.sorted { (quantiles[$0], $0) < (quantiles[$1], $1) }
    var copula = [UInt8](repeating: 0, count: quantiles.count)
    for (rank, place) in order.enumerated() { copula[place] = UInt8(rank * cells / quantiles.count) }
    return copula
  }

  /// The conditional quantiles of V at the middle of each slot, for each range of U.
  ///
  /// - Parameter distance: d/σ.
  private static func quantiles(distance: Double) -> [Double] {
    let grid = (0...cells).map { Double($0) / Double(cells) }
    var quantiles: [Double] = []
    var lower = [Double](repeating: 0, count: grid.count)
    for row in 1...rows {
      let upper = jointProbabilities(Double(row) / Double(rows), grid, distance)
      var cell = 0
      for slot in 0..<slots {
        let wanted = (Double(slot) + 0.5) / Double(slots * rows)
        while cell < cells - 1 && upper[cell + 1] - lower[cell + 1] < wanted { cell += 1 }
        let below = upper[cell] - lower[cell]
        let mass = upper[cell + 1] - lower[cell + 1] - below
        let within = mass > 0 ? min(max((wanted - below) / mass, 0), 1) : 0
        quantiles.append((Double(cell) + within) / Double(cells))
      }
      lower = upper
    }
    return quantiles
  }

  /// P(U ≤ u, V ≤ v) for each v.
  private static func jointProbabilities(_ u: Double, _ v: [Double], _ distance: Double) -> [Double] {
    guard u < 1 else { return v }
    return stride(from: 0, to: v.count, by: Lanes.count).flatMap { start in
      let lanes = Lanes { start + $0 < v.count ? v[start + $0] : 1 }
      let probabilities = max(lanes + (u - 1) + neither(Lanes(u), lanes, distance), .zero)
      return (0..<min(Lanes.count, v.count - start)).map { v[start + $0] > 0 ? probabilities[$0] : 0 }
    }
  }

  /// P(U > u, V > v): the bridge stays between the two levels that it passes with probability u and v.
  static func neither(_ u: Lanes, _ v: Lanes, _ distance: Double) -> Lanes {
    let square = Lanes(distance * distance)
    let high = (sqrt(square - 2 * log(max(u, 1e-300))) + distance) * 0.5
    let low = (sqrt(square - 2 * log(max(v, 1e-300))) - distance) * 0.5
    let width = high + low
    var sum = Lanes.zero
    for k in -8...8 {
      let shift = width * Double(k)
      let place = high + shift
      sum += exp(-2 * shift * (shift - distance)) - exp(-2 * place * (place - distance))
    }
    return select(width .> 0, sum, .zero)
  }
}
