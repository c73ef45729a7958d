import Documents
import Lanes

/// Mean and variance: the return of a step less half the risk aversion times its square.
///
/// r = x − λ/2·x², x = E′/E − 1 from close to close, with equities floored as in `LogGrowth`. Over small steps x² is the
/// variance of the step but for the square of its mean; what is summed up is then mean less λ/2 times variance.
/// Source: G. Ritter (2017), "Machine learning for trading", Risk 30(10), eq. (5), without the square of the mean.
package struct MeanVarianceReward: Reward, Hashable {
  /// λ, 1 over a fraction of equity; at least 0. 1 prices risk as growth of log wealth does.
  package let riskAversion: Double

  /// States a reward.
  package init(riskAversion: Double) { self.riskAversion = riskAversion }

  /// The fields in documents.
  package static let form = Form(
    Field(
      "riskAversion", .number(in: .between(0, 1e6)), default: 1,
      "λ: half of it is what each unit of variance takes off"),
    make: MeanVarianceReward.init)

  package var json: JSONValue { ["model": "meanVariance", "riskAversion": .number(riskAversion)] }

  package func makeTrack(_ start: RewardStart) -> any RewardTrack { Track(riskAversion: riskAversion) }

  private struct Track: RewardTrack {
    let riskAversion: Double
    private var equity = Lanes.one

    init(riskAversion: Double) { self.riskAversion = riskAversion }

    mutating func step(to ratio: Lanes) -> Lanes {
      let next = max(ratio, Lanes(LogGrowth.floor))
      let change = next / equity - 1
      equity = next
      return change - 0.5 * riskAversion * change * change
    }
  }
}
