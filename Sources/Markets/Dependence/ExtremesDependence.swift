import Lanes

/// How the extremes of correlated assets hang together within a leg, given the prices at its ends.
///
/// Let U be how rarely an asset goes as far beyond its ends as it does: a uniform. That of an asset is drawn around that of
/// an asset before it, its leader, V: U = V + X, folded back into [0, 1] at 0 and at 1, where X = T/(1 + β(1 − |T|)) and T is
/// uniform in [−1, 1]. As X is as likely as −X, U is uniform, exactly; β = 0 makes it independent of V, and β = ∞ makes it V.
/// Of several leaders one is chosen by lot, for both extremes of the leg, so that the assets have the correlations
/// `of(ρ)`: with the weights of a regression on those before. Where these add up to more than 1, as those of an average of
/// independent assets do, no asset is near enough to all of them, and the correlations come out smaller in proportion.
///
/// What two Brownian motions of correlation ρ have was measured on 40,000 pairs of bridges of 1,000 steps: their U for the
/// low have correlations of 0.204, 0.371, 0.674 and 0.895 at ρ = 0.3, 0.5, 0.8 and 0.95. `of(ρ)` is
/// ρ(0.67 + 0.2ρ² + 0.13ρ⁴): right at those to 0.015, and exact at 0 and ±1. As a sum of elementwise powers of a correlation
/// matrix with positive weights, what it makes of one is one too (Schur's product theorem). What is not the bridges' own is
/// the shape: at ρ = 0.8 both go as far as one in twenty does on 1.4 % of the legs, where it is 2.3 %, and 0.25 % if
/// they are independent.
///
/// One extreme of a leg is drawn first, then the other given it (`Wicks`). An asset that goes against its leaders draws its
/// low first where they draw their highs, so that two assets of correlation −1 are each other's mirror image.
package struct ExtremesDependence: Sendable {
  /// One asset of those before that an asset may follow.
  struct Leader: Sendable {
    let asset: Int
    /// Probability that this one is followed or one earlier in the list.
    let upTo: Double
    /// Whether 1 − V stands for V.
    let isMirrored: Bool
  }

  /// `[asset]`: whom it may follow; nobody if it goes its own way.
  let leaders: [[Leader]]
  /// `[asset]`: β.
  let closeness: [Double]
  /// `[asset]`: whether it draws its low first.
  let drawsLowFirst: [Bool]

  /// The correlation of both assets' U on the same side, given the correlation of their prices.
  static func of(_ rho: Double) -> Double {
    let square = rho * rho
    return rho * (0.67 + square * (0.2 + 0.13 * square))
  }

  /// Of ρ, ρ³ and ρ⁵ in it.
  static let coefficients = [0.67, 0.2, 0.13]

  /// The correlation of two assets' U, given the correlation of their prices: of both lows or both highs, or of the low of one
  /// and the high of the other. An asset's own low and high have about −0.46 given its ends, which is 0.46 times what
  /// remains of the other's on the far side: −0.39 was measured at ρ = 0.8, this says −0.32.
  package static func of(_ rho: Double, sameSide: Bool) -> Double {
    let leaning = of(sameSide ? rho : -rho)
    return leaning >= 0 ? leaning : leaning * 0.46
  }

  /// Likewise, path by path.
  ///
  /// - Parameter mask: where both are lows, or both highs.
  @inline(__always)
  package static func of(_ rho: Lanes, sameSide mask: Mask) -> Lanes {
    let square = rho * rho
    let size = rho * fma(square, fma(square, 0.13, 0.2), 0.67)
    let leaning = select(mask, size, -size)
    return select(leaning .>= 0, leaning, leaning * 0.46)
  }

  /// The dependence of assets with these correlations; nil where all are independent.
  init?(_ correlations: [[Double]]) {
    guard let prices = CholeskyFactor(correlations), !prices.isIdentity else { return nil }
    var turned: [Bool] = []
    for row in prices.rows {
      // Like the asset before it that moves it most, or against it.
      let most = row.dropLast().indices.max { abs(row[$0]) < abs(row[$1]) }
      turned.append(most.map { row[$0] < 0 ? !turned[$0] : row[$0] > 0 && turned[$0] } ?? false)
    }
    let wanted = correlations.enumerated().map { first, row in
      row.enumerated().map { second, rho in turned[first] == turned[second] ? Self.of(rho) : -Self.of(rho) }
    }
    guard let factor = CholeskyFactor(wanted) else {
      preconditionFailure("Invariant: powers of a correlation matrix, weighted, are one")
    }
    var leaders: [[Leader]] = []
    var closeness: [Double] = []
    for asset in wanted.indices {
      let weights = factor.regression(of: asset)
      let sum = weights.reduce(0) { $0 + abs($1) }
      var share = 0.0
      leaders.append(
        weights.enumerated().compactMap { other, weight in
          guard weight != 0 else { return nil }
          share += abs(weight) / sum
          return Leader(asset: other, upTo: share, isMirrored: weight < 0)
        })
      closeness.append(Self.closeness(correlation: sum))
    }
    self.leaders = leaders
    self.closeness = closeness
    drawsLowFirst = turned
  }

  /// The β at which U and V have a correlation: 1 − 6 E X² + 4 E|X|³, which grows with β, by bisection. It is rounded to
  /// 1/1024, so that no draw hangs on how the integral was taken.
  private static func closeness(correlation: Double) -> Double {
    guard correlation < 1 - 1e-9 else { return .infinity }
    let nodes = (0..<4096).map { (Double($0) + 0.5) / 4096 }
    func reached(_ beta: Double) -> Double {
      let sum = nodes.reduce(0.0) { sum, t in
        let x = t / (1 + beta * (1 - t))
        return sum + x * x * (6 - 4 * x)
      }
      return 1 - sum / Double(nodes.count)
    }
    var (low, high) = (0.0, 1.0)
    while reached(high) < correlation && high < 0x1p40 { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if reached(middle) < correlation { low = middle } else { high = middle }
    }
    return ((low + high) / 2 * 1024).rounded() / 1024
  }

  /// Gives the independent draws of all assets for one part of a sub-step what these have in common; those of an asset that
  /// follows nobody stay as they are, to the last bit.
  ///
  /// - Parameter draws: `[asset × groups + group]`.
  func correlate(_ draws: inout ContiguousArray<ExtremesDraw>, groups: Int) {
    for (asset, leaders) in leaders.enumerated() where !leaders.isEmpty {
      Self.follow(leaders, closeness[asset], asset, &draws, groups: groups)
    }
  }

  @inline(never)
  private static func follow(
    _ leaders: [Leader], _ closeness: Double, _ asset: Int, _ draws: inout ContiguousArray<ExtremesDraw>, groups: Int
  ) {
    var draws = draws.mutableSpan
    let leaders = leaders.span
    for group in 0..<groups {
      let leader = Self.leader(leaders, by: draws[asset * groups + group]) { draws[$0 * groups + group] }
      draws[asset * groups + group].follow(leader, closeness)
    }
  }

  /// The leader's draws; who leads is chosen by the last bits of a uniform, which hardly matter to the number itself.
  @inline(__always)
  private static func leader(_ leaders: Span<Leader>, by own: ExtremesDraw, _ draw: (Int) -> ExtremesDraw)
    -> ExtremesDraw
  {
    let last = leaders[leaders.count - 1]
    var chosen = draw(last.asset).mirrored(last.isMirrored)
    guard leaders.count > 1 else { return chosen }
    let lot = own.lot
    for index in (0..<leaders.count - 1).reversed() {
      let isEarlier = lot .< leaders[index].upTo
      let other = draw(leaders[index].asset).mirrored(leaders[index].isMirrored)
      chosen.first = select(isEarlier, other.first, chosen.first)
      chosen.second = select(isEarlier, other.second, chosen.second)
    }
    return chosen
  }
}

extension ExtremesDraw {
  /// A number in [0, 1) from the last twelve bits of the second uniform.
  @inline(__always)
  fileprivate var lot: Lanes {
    let word = Words(bitPattern: second + 1) &<< 20
    return Lanes(bitPattern: (word & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000) - 1
  }

  @inline(__always)
  fileprivate func mirrored(_ isMirrored: Bool) -> ExtremesDraw {
    isMirrored ? ExtremesDraw(first: 1 - first, second: 1 - second) : self
  }

  @inline(__always)
  fileprivate mutating func follow(_ leader: ExtremesDraw, _ closeness: Double) {
    first = Self.near(leader.first, first, closeness)
    second = Self.near(leader.second, second, closeness)
  }

  /// V + X, folded, on the grid of the uniforms.
  @inline(__always)
  private static func near(_ leader: Lanes, _ own: Lanes, _ closeness: Double) -> Lanes {
    let t = fma(own, 2, Lanes(-1))
    let sum = abs(leader + t / fma(1 - abs(t), Lanes(closeness), Lanes.one))
    return onGrid(min(min(sum, 2 - sum), 1 - 0x1p-33))
  }
}
