import Lanes
import Markets

/// The exponentially weighted covariance of the simple returns of the steps seen so far, warm-up included, about a mean
/// of 0, corrected for its start: Σₙ = Σ(1 − λ)λ^(n−k) r_k r_k′ / (1 − λⁿ), λ = 2^(−step/halfLife).
/// Source: J.P. Morgan/Reuters (1996), RiskMetrics Technical Document, section 5.2.
final class CovarianceEstimate: SharedEstimate {
  /// What the estimate depends on beside the bars.
  private struct Key: Hashable {
    let kept: Double
  }

  /// λ.
  private let kept: Double
  private let assets: Int
  private let groups: Int
  /// `[(asset · assets + other) · groups + group]`, other ≤ asset; not corrected for its start.
  private(set) var covariance: ContiguousArray<Lanes>
  /// `[asset * groups + group]`: the last close, then the last return.
  private var lastClose: ContiguousArray<Lanes>
  private var returns: ContiguousArray<Lanes>
  private var seen = 0
  /// λⁿ, by multiplication.
  private var startWeight = 1.0

  private init(kept: Double, assets: Int, groups: Int) {
    self.kept = kept
    self.assets = assets
    self.groups = groups
    covariance = ContiguousArray(repeating: .zero, count: assets * assets * groups)
    lastClose = ContiguousArray(repeating: .zero, count: assets * groups)
    returns = ContiguousArray(repeating: .zero, count: assets * groups)
  }

  /// The panel's estimate with this half-life.
  static func shared(_ site: DeskSite, halfLife: TradingSpan) -> CovarianceEstimate {
    let kept = halfLife.keptPerStep(site.market.clock)
    return site.estimates.shared(Key(kept: kept)) {
      CovarianceEstimate(kept: kept, assets: site.market.assets.count, groups: site.groups)
    }
  }

  /// 1 − λⁿ, the weight of all returns seen, by which the covariance is to be divided; nil before the first return.
  var seenWeight: Double? { seen > 1 ? 1 - startWeight : nil }

  func reset() {
    seen = 0
    startWeight = 1
    for index in covariance.indices { covariance[index] = .zero }
  }

  func observe(_ market: MarketView) {
    Self.measure(&returns, &lastClose, market.bars)
    seen += 1
    guard seen > 1 else { return }
    startWeight *= kept
    Self.update(&covariance, returns, kept: kept, assets: assets, groups: groups)
  }

  private static func measure(
    _ returns: inout ContiguousArray<Lanes>, _ lastClose: inout ContiguousArray<Lanes>,
    _ bars: ContiguousArray<AssetStep>
  ) {
    let bars = bars.span
    var returns = returns.mutableSpan
    var lastClose = lastClose.mutableSpan
    for index in bars.indices {
      let close = bars[index].close
      // A price that severity has driven to 0 returns nothing.
      returns[index] = select(lastClose[index] .> 0, close / lastClose[index] - 1.0, .zero)
      lastClose[index] = close
    }
  }

  private static func update(
    _ covariance: inout ContiguousArray<Lanes>, _ returns: ContiguousArray<Lanes>, kept: Double, assets: Int,
    groups: Int
  ) {
    let returns = returns.span
    var covariance = covariance.mutableSpan
    for asset in 0..<assets {
      for other in 0...asset {
        for group in 0..<groups {
          let product = returns[asset * groups + group] * returns[other * groups + group]
          let index = (asset * assets + other) * groups + group
          covariance[index] = fma(covariance[index], Lanes(kept), product * (1 - kept))
        }
      }
    }
  }
}
