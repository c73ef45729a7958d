import Agents
import Documents
import Lanes

/// What the return of a step does to the Sharpe ratio of the returns so far, as `RunningSharpe` has it.
///
/// The reward depends on what was earned before: an agent has to see that, so a training without the observation
/// `sharpeState` of the same numbers is refused.
package struct DifferentialSharpe: Reward, Hashable {
  /// How fast the returns of long ago are forgotten.
  package let terms: RunningSharpe.Terms

  /// States a reward.
  package init(_ terms: RunningSharpe.Terms) { self.terms = terms }

  /// The fields in documents.
  package static let form = Form(
    RunningSharpe.Terms.adaptationField, RunningSharpe.Terms.warmupField,
    make: { DifferentialSharpe(RunningSharpe.Terms(adaptation: $0, warmup: $1)) })

  package var json: JSONValue {
    ["model": "differentialSharpe", "adaptation": .number(terms.adaptation), "warmup": .integer(terms.warmup)]
  }

  package func complaint(_ setting: RewardSetting) -> String? {
    guard !setting.observations.all.contains(where: { ($0 as? SharpeStateObservation)?.terms == terms }) else {
      return nil
    }
    return "the reward depends on earlier returns, which the agent has to see: its observations lack "
      + #"{"model": "sharpeState"} with the same adaptation and warmup"#
  }

  package func makeTrack(_ start: RewardStart) -> any RewardTrack { Track(terms: terms) }

  private struct Track: RewardTrack {
    private var sharpe: RunningSharpe

    init(terms: RunningSharpe.Terms) { sharpe = RunningSharpe(terms) }

    mutating func step(to ratio: Lanes) -> Lanes { sharpe.step(to: ratio) }
  }
}
