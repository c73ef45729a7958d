import Documents
import Indicators
import Lanes
import Trading

/// Holds its weights while the mean of the last few closes is over that of many, and nothing (or the opposite) while it is
/// under it: the plain rule that every backtester is shown with.
///
/// It decides when the sign of the difference changes, and holds the quantity between; the first decision is at the first close
/// at which both means are known. A difference of exactly 0 changes nothing.
package struct MovingAverageCross: Agent {
  /// Closes in the fast mean.
  package let fast: Int
  /// Closes in the slow mean, more than in the fast one.
  package let slow: Int
  /// Gross leverage when in the market.
  package let leverage: Double
  /// Share of the leverage by asset.
  package let weights: AssetWeights
  /// Whether it goes short; flat otherwise.
  package let short: Bool
  private let means: (fast: FeatureColumn, slow: FeatureColumn)

  /// A follower of crosses.
  ///
  /// - Throws: a fast mean that is no shorter than the slow one.
  package init(fast: Int, slow: Int, leverage: Double, weights: AssetWeights, short: Bool) throws(FormViolation) {
    guard fast < slow else {
      throw FormViolation("slow", "the slow mean of \(slow) closes is no longer than the fast one")
    }
    do throws(IndicatorColumnError) {
      means = (try FeatureColumn("SMA_\(fast)"), try FeatureColumn("SMA_\(slow)"))
    } catch {
      throw FormViolation(error.description)
    }
    self.fast = fast
    self.slow = slow
    self.leverage = leverage
    self.weights = weights
    self.short = short
  }

  static let form = Form(
    Field("fast", .integer("closes", in: 2...10_000), default: 10, "closes in the fast mean"),
    Field("slow", .integer("closes", in: 3...10_000), default: 50, "closes in the slow mean"),
    Field("leverage", .number(.factor, in: .between(0, 10_000)), default: 1, "gross leverage when in the market"),
    Field("weights", .assetWeights, default: .equal, "share of the leverage by asset; equal when left out"),
    Field("short", .boolean, default: false, "sell short while the fast mean is under the slow one"),
    make: MovingAverageCross.init)

  package var assetNames: [String] { weights.byAsset.keys.sorted() }
  package var targetLeverage: Double? { leverage }
  package func lookBack(_ market: MarketTerms) -> Int { slow }

  package func makeSeat(_ site: DeskSite) -> any Seat { CrossSeat(self, site) }

  private final class CrossSeat: Seat {
    let targets: [Double]
    let isShort: Bool
    /// By asset.
    let fast: [IndicatorEstimate]
    let slow: [IndicatorEstimate]
    var working: PositionTargets

    init(_ agent: MovingAverageCross, _ site: DeskSite) {
      targets = agent.weights.resolved(site.market.assets).map { $0 * agent.leverage }
      isShort = agent.short
      func means(_ column: FeatureColumn) -> [IndicatorEstimate] {
        site.market.assets.indices.map { IndicatorEstimate.shared(site, asset: $0, column) }
      }
      fast = means(agent.means.fast)
      slow = means(agent.means.slow)
      working = PositionTargets(count: targets.count * site.groups)
    }

    func reset() { working.reset() }

    func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
      let (fast, slow, weights, isShort) = (fast, slow, targets, isShort)
      working.decide(account, &decisions) { asset, group, quantity, isFlat in
        let trend = fast[asset].values[group] - slow[asset].values[group]
        let side = PositionTargets.side(of: trend, Lanes(weights[asset]), isShort: isShort, quantity)
        return (side.weight, !(side.isTaken | (trend .== 0)) | (isFlat & (quantity .!= 0)))
      }
    }
  }
}
