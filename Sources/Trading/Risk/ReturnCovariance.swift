import Lanes

/// The exponentially weighted covariance of returns about a mean of 0: Sₙ = Σ(1 − λ)λ^(n−k) r_k r_k′, whose weights add up
/// to 1 − λⁿ.
/// Source: J.P. Morgan/Reuters (1996), RiskMetrics Technical Document, section 5.2.
struct ReturnCovariance: Sendable {
  /// λ.
  private let kept: Double
  private let assets: Int
  private let groups: Int
  /// Sₙ, `[(asset · assets + other) · groups + group]`, other ≤ asset.
  private(set) var sums: ContiguousArray<Lanes>
  /// λⁿ, by multiplication: the weight that the returns seen leave to what was before them.
  private(set) var unseenWeight = 1.0

  /// An estimate without returns.
  ///
  /// - Parameter kept: λ, in 0 ..< 1.
  init(kept: Double, assets: Int, groups: Int) {
    self.kept = kept
    self.assets = assets
    self.groups = groups
    sums = ContiguousArray(repeating: .zero, count: assets * assets * groups)
  }

  /// 1 − λⁿ, the weight of all returns seen.
  var seenWeight: Double { 1 - unseenWeight }

  mutating func reset() {
    unseenWeight = 1
    for index in sums.indices { sums[index] = .zero }
  }

  /// Sees one return of each asset.
  ///
  /// - Parameter returns: `[asset * groups + group]`.
  mutating func add(_ returns: ContiguousArray<Lanes>) {
    unseenWeight *= kept
    Self.update(&sums, returns, kept: kept, assets: assets, groups: groups)
  }

  private static func update(
    _ sums: inout ContiguousArray<Lanes>, _ returns: ContiguousArray<Lanes>, kept: Double, assets: Int, groups: Int
  ) {
    let returns = returns.span
    var sums = sums.mutableSpan
    for asset in 0..<assets {
      for other in 0...asset {
        for group in 0..<groups {
          let product = returns[asset * groups + group] * returns[other * groups + group]
          let index = (asset * assets + other) * groups + group
          sums[index] = fma(sums[index], Lanes(kept), product * (1 - kept))
        }
      }
    }
  }
}
