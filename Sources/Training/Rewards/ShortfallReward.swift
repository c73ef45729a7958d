import Documents
import Lanes

/// What it costs to come out of a position: the change of equity against arrival, and a price for its risk.
///
/// r = x − λ·x², x = (E′ − E)/G₀, with the gross value G₀ = Σ|q|·X of what is held at t = 0. Prices at t = 0 are those of
/// arrival: over an episode at whose end all is sold, Σx is the implementation shortfall with its sign turned, in units of G₀
/// (A. Perold, 1988, Journal of Portfolio Management 14(3)), and Σx² estimates its variance where steps are small. So the mean
/// of an episode is −(E + λV), the objective of Almgren & Chriss, J. Risk 3(2), 2000/2001, eq. (13).
///
/// Deficits count as they are: nothing is floored.
package struct ShortfallReward: Reward, Hashable {
  /// λ, at least 0, per G₀: one per currency times G₀.
  package let riskAversion: Double

  /// States a reward.
  package init(riskAversion: Double) { self.riskAversion = riskAversion }

  /// The fields in documents.
  package static let form = Form(
    Field(
      "riskAversion", .number(in: .between(0, 1e9)), default: 0,
      "λ: what each unit of variance takes off, where both are in units of what is held at t = 0"),
    make: ShortfallReward.init)

  package var json: JSONValue { ["model": "implementationShortfall", "riskAversion": .number(riskAversion)] }

  package func complaint(_ setting: RewardSetting) -> String? {
    setting.start.openingLeverage > 0
      ? nil : "nothing is held at t = 0, and the reward counts in units of what is: it is for accounts with positions"
  }

  package func makeTrack(_ start: RewardStart) -> any RewardTrack {
    Track(perGross: 1 / start.openingLeverage, riskAversion: riskAversion)
  }

  private struct Track: RewardTrack {
    let perGross: Double
    let riskAversion: Double
    private var equity = Lanes.one

    init(perGross: Double, riskAversion: Double) {
      self.perGross = perGross
      self.riskAversion = riskAversion
    }

    mutating func step(to ratio: Lanes) -> Lanes {
      let change = (ratio - equity) * perGross
      equity = ratio
      return change - riskAversion * change * change
    }
  }
}
