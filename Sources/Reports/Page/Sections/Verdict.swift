import Drawing
import Lab
import Statistics

/// The report's first sentence: who fares worst and best, what the event did, and what the risk rules changed.
struct Verdict: Sendable {
  private let desks: [DeskScene]

  /// The verdict on the desks of every scenario at its highest severity.
  init(_ desks: [DeskScene]) { self.desks = desks }

  /// A sentence or two, never empty.
  var sentence: String {
    let trading = desks.filter { $0.desk.survival.value != nil && $0.desk.executionCostBps.value != nil }
    guard let worst = trading.least(\.desk.survival.value) else {
      return desks.isEmpty ? "No desk was run." : "No desk of this panel traded, and none can tell how trading fares."
    }
    let paths = Unit.decimal(Double(worst.desk.survival.n), decimals: 0)
    if trading.count > 1, trading.allSatisfy({ $0.desk.survival.value == worst.desk.survival.value }) {
      return "Every desk that trades survives \(worst.desk.survival.text(.percent)) of \(paths) paths."
    }
    var text =
      "In “\(worst.scenario.title)”, \(worst.name) fares worst: it survives "
      + "\(worst.desk.survival.text(.percent)) of \(paths) paths"
    if let calm = worst.calm?.survival, calm.value != nil {
      text += ", where it would survive \(calm.text(.percent)) without the event"
    }
    text += "."
    let change = largestChange(trading)
    if let change {
      text +=
        " Behind the risk profile “\(change.better.desk.risk)” instead of “\(change.worse.desk.risk)”, \(change.better.desk.agent) "
        + "goes from \(change.worse.desk.survival.text(.percent)) to \(change.better.desk.survival.text(.percent))"
        + (change.worse.scenario.name == worst.scenario.name ? "." : " in “\(change.worse.scenario.title)”.")
    }
    if let best = trading.least({ $0.desk.survival.value.map { -$0 } }), best.desk.desk != worst.desk.desk,
      best.desk.desk != change?.better.desk.desk
    {
      text += " Best of the desks that trade is \(best.name) with \(best.desk.survival.text(.percent))."
    }
    return text
  }

  /// The agent whose survival two risk profiles change most, in one scenario, where their intervals do not overlap.
  private func largestChange(_ desks: [DeskScene]) -> (worse: DeskScene, better: DeskScene)? {
    var result: (worse: DeskScene, better: DeskScene)?
    var largest = 0.0
    // Every scenario stands here at one severity.
    let profiles = Dictionary(grouping: desks) { [$0.desk.scenario, $0.desk.agent] }
    for worse in desks {
      for better in profiles[[worse.desk.scenario, worse.desk.agent]] ?? [] {
        guard let from = worse.desk.survival.value, let to = better.desk.survival.value, to - from > largest,
          let high = worse.desk.survival.high, let low = better.desk.survival.low, high < low
        else { continue }
        largest = to - from
        result = (worse, better)
      }
    }
    return result
  }
}
