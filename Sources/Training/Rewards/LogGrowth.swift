import Documents
import Lanes

/// Growth of log wealth, all trading costs inside, less a price for drawdown.
///
/// r = ln(E′/E₀ ∨ f) − ln(E/E₀ ∨ f) − c·(D′ − D), with equity E before and E′ after the step, D the largest drawdown so far in
/// logarithms, ln(peak/E). Under the floor f nothing is lost any more: a deficit has no logarithm.
package struct LogGrowth: Reward, Hashable {
  /// Weight c of the largest drawdown; at least 0.
  package let drawdownPenalty: Double

  /// f, as a fraction of starting equity.
  package static let floor = 1e-3

  /// States a reward.
  package init(drawdownPenalty: Double = 0) { self.drawdownPenalty = drawdownPenalty }

  /// The fields in documents.
  package static let form = Form(
    Field(
      "drawdownPenalty", .number(in: .between(0, 1000)), default: 0,
      "what each unit of the largest drawdown, in log wealth, takes off"),
    make: LogGrowth.init)

  package var json: JSONValue { ["model": "logGrowth", "drawdownPenalty": .number(drawdownPenalty)] }

  package func makeTrack(_ start: RewardStart) -> any RewardTrack { Track(penalty: drawdownPenalty) }

  /// What eight accounts have come to.
  private struct Track: RewardTrack {
    let penalty: Double
    private var wealth = Lanes.zero
    private var peak = Lanes.zero
    private var drawdown = Lanes.zero

    init(penalty: Double) { self.penalty = penalty }

    mutating func step(to ratio: Lanes) -> Lanes {
      let next = log(max(ratio, Lanes(LogGrowth.floor)))
      peak = max(peak, next)
      let deepest = max(drawdown, peak - next)
      let result = next - wealth - penalty * (deepest - drawdown)
      (wealth, drawdown) = (next, deepest)
      return result
    }
  }
}
