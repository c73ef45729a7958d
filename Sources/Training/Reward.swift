import Documents
import Lanes

/// What a step is worth: growth of log wealth, all trading costs inside, less a price for drawdown.
///
/// r = ln(E′/E₀ ∨ f) − ln(E/E₀ ∨ f) − c·(D′ − D), with equity E before and E′ after the step, D the largest drawdown so far in
/// logarithms, ln(peak/E). Under the floor f nothing is lost any more: a deficit has no logarithm.
package struct Reward: Sendable, Hashable {
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
    make: Reward.init)

  /// As it is written.
  package var json: JSONValue { ["drawdownPenalty": .number(drawdownPenalty)] }

  /// What eight accounts have come to.
  struct Track {
    private var wealth = Lanes.zero
    private var peak = Lanes.zero
    private var drawdown = Lanes.zero

    /// The reward of a step that leaves so much of starting equity.
    mutating func step(to ratio: Lanes, _ reward: Reward) -> Lanes {
      let next = log(max(ratio, Lanes(Reward.floor)))
      peak = max(peak, next)
      let deepest = max(drawdown, peak - next)
      let result = next - wealth - reward.drawdownPenalty * (deepest - drawdown)
      (wealth, drawdown) = (next, deepest)
      return result
    }
  }
}
