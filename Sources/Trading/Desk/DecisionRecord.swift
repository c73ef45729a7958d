import Lanes

/// What the decision of the last close was on each path, and what narrowed it; only for replaying a single path.
///
/// Confined to one worker, like the desk that keeps it.
final class DecisionRecord {
  /// The step at whose close it was decided; nil before the first.
  private var step: Int?
  private var decisions: ContiguousArray<Decision> = []
  /// `[asset * groups + group]`: what was wanted, what the rules together left of it, and what the margin left of that.
  private var wanted: ContiguousArray<Lanes> = []
  private var limited: ContiguousArray<Lanes> = []
  private var allowed: ContiguousArray<Lanes> = []
  /// `[rule]`, likewise: what each rule alone would have left; empty where there is none.
  private var byRule: [ContiguousArray<Lanes>] = []
  /// `[group]`: where the desk may trade.
  private var isAsked: [Mask] = []

  /// Takes down what the agent wants at the close of a step.
  func begin(
    _ step: Int, _ decisions: ContiguousArray<Decision>, _ weights: ContiguousArray<Lanes>, _ account: AccountView
  ) {
    self.step = step
    self.decisions = decisions
    wanted = weights
    limited = weights
    allowed = weights
    byRule = []
    isAsked = account.accounts.map(\.isAsked)
  }

  /// Takes down what the next rule alone leaves of it.
  func add(rule weights: ContiguousArray<Lanes>) { byRule.append(weights) }

  /// Takes down what all rules leave of it.
  func limit(_ weights: ContiguousArray<Lanes>) {
    limited = weights
    allowed = weights
  }

  /// Takes down what the venue's margin leaves of an asset's weight.
  func allow(_ weight: Lanes, at index: Int) { allowed[index] = weight }

  /// Forgets everything.
  func reset() { step = nil }

  /// The decision at the close of a step on one path; nil where none was asked for.
  func decision(ofStep step: Int, path: Int) -> PathDecision? {
    guard step == self.step else { return nil }
    let (group, lane) = path.quotientAndRemainder(dividingBy: Lanes.count)
    guard isAsked[group][lane] else { return nil }
    let places = Array(stride(from: group, to: wanted.count, by: isAsked.count))
    return PathDecision(
      wanted: places.map { decisions[$0].acts[lane] ? decisions[$0].weight[lane] : nil },
      allowed: places.map { allowed[$0][lane] },
      rules: byRule.indices.filter { rule in places.contains { byRule[rule][$0][lane] != wanted[$0][lane] } },
      isMarginBound: places.contains { allowed[$0][lane] != limited[$0][lane] })
  }
}

/// What a desk decided at a close on one path, for the explanation of a replayed path.
package struct PathDecision: Sendable, Hashable {
  /// The weight q·X/E that the agent wants, by asset; nil where it leaves the position as it is.
  package let wanted: [Double?]
  /// What rules and margin have left of it: the weight that the orders aim for, by asset.
  package let allowed: [Double]
  /// The places of the desk's rules each of which alone would have left less than was wanted, in their order.
  package let rules: [Int]
  /// Whether the venue's initial margin has left less than the rules.
  package let isMarginBound: Bool
}
