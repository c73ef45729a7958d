import Agents
import Learning
import Lab
import Statistics
import Trading

/// How a policy does on some paths: by the measure of its training, with an interval, and by its returns.
struct PolicyJudgement: Sendable {
  /// The measure over all markets by their probability; nil where it has no figure on these paths.
  let estimate: Estimate?
  /// The Sharpe ratio of a path's return; nil where paths do not differ, and of carrying out orders, which has no return.
  let sharpe: SharpeEstimate?
}

extension Validator {
  /// Judges a policy on all paths.
  func judge(_ policy: Policy) -> PolicyJudgement {
    let agent = agent(policy)
    let judged = markets.map { (planned: $0, rows: outcomes(agent, $0)) }
    let place = OutcomeColumn.fact(.finalEquity).place
    let returns = judged.map { planned, rows in
      (
        returns: rows.map { $0.values[place] / planned.terms.startEquity - 1 }, probability: planned.probability
      )
    }
    let isOfOrders = judged.contains { $0.planned.execution != nil }
    return PolicyJudgement(
      estimate: estimate(judged), sharpe: isOfOrders ? nil : SharpeEstimate(mixing: returns))
  }

  /// Of growth the mean over paths, on each of which all markets come by their probability; of another measure the mean over
  /// markets of value and ends alike, which holds as often as said where their errors go together, and more often else.
  func estimate(_ judged: [(planned: PlannedEpisode, rows: [OutcomeRow])]) -> Estimate? {
    if isOfGrowth {
      var sums = Array(repeating: 0.0, count: paths)
      for (planned, rows) in judged {
        for (path, growth) in growth(rows, planned).enumerated() { sums[path] += planned.probability * growth }
      }
      return Moments(sums).estimate()
    }
    let estimates = judged.map { measured($0.rows, $0.planned) }
    guard let first = estimates.first ?? nil, !estimates.contains(where: { $0?.value == nil }) else { return nil }
    if estimates.count == 1 { return first }
    func mean(_ part: KeyPath<Estimate, Double?>) -> Double? {
      var sum = 0.0
      for (estimate, market) in zip(estimates, judged) {
        guard let number = estimate?[keyPath: part] else { return nil }
        sum += market.planned.probability * number
      }
      return sum
    }
    guard let value = mean(\.value) else { return nil }
    return Estimate(
      value: value, low: mean(\.low).map { min($0, value) }, high: mean(\.high).map { max($0, value) },
      confidence: first.confidence, n: estimates.map { $0?.n ?? 0 }.min() ?? 0, method: first.method)
  }
}
