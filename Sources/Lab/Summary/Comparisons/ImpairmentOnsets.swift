import Statistics
import Threads

/// How many paths of a desk were impaired while events acted and how many later, and of both how many came back: whether late
/// impairments, which the horizon cuts short, are of the kind of the early ones.
package struct ImpairmentOnsets: Codable, Sendable, Equatable {
  /// The desk's number in the store.
  package let desk: Int
  /// The first close at which the last window of an event has ended on 95 % of the paths on which it starts, in seconds after
  /// t = 0: what begins later counts as late.
  package let boundarySeconds: Double
  /// The share of early impairments that was back by the horizon; n is their number, no value where there is none.
  package let early: Estimate
  /// The same of the late ones.
  package let late: Estimate

  /// Of every desk on whose paths events act and end before the horizon, in the order of the desks; nil where there is none.
  static func all(_ desks: [DeskWork], _ context: RunContext, threads: Int) throws(StoreProblem) -> [ImpairmentOnsets]?
  {
    guard let outcomes = desks.first?.outcomes else { return nil }
    let placed = context.desks.compactMap { facts -> (facts: RunContext.DeskFacts, step: Double, boundary: Double)? in
      guard facts.severity > 0, let scenario = context.scenarios.first(where: { $0.name == facts.scenario }) else {
        return nil
      }
      let ends = scenario.events.filter { $0.startingShare != 0 }.map(\.windowEndSeconds.p95)
      guard let last = ends.max(), last < scenario.clock.horizonSeconds else { return nil }
      // To the end of its step: there is no close between, and the moment is told as it counts.
      let step = scenario.clock.stepSeconds
      return (facts, step, (last / step).rounded(.up) * step)
    }
    guard !placed.isEmpty else { return nil }
    let onsets = orderedMap(placed.count, threads: threads) { number in
      let (facts, step, boundary) = placed[number]
      let table = outcomes.table(desk: facts.desk)
      return ImpairmentOnsets(
        desk: facts.desk, impaired: table[.recovery(.impairedStep)], recovered: table[.recovery(.recoveryStep)],
        step: step,
        boundary: boundary, confidence: context.confidence)
    }
    try outcomes.checkRead()
    return onsets
  }

  /// Counts them.
  ///
  /// - Parameters:
  ///   - impaired: the step at whose close each path was impaired; below 0 where it was not.
  ///   - recovered: likewise, of recovery.
  ///   - step: its length in seconds.
  private init(
    desk: Int, impaired: [Double], recovered: [Double], step: Double, boundary: Double, confidence: Double
  ) {
    var counts = (early: (back: 0, all: 0), late: (back: 0, all: 0))
    for (impaired, recovered) in zip(impaired, recovered) where impaired >= 0 {
      let back = recovered >= 0 ? 1 : 0
      if (impaired + 1) * step <= boundary {
        counts.early = (counts.early.back + back, counts.early.all + 1)
      } else {
        counts.late = (counts.late.back + back, counts.late.all + 1)
      }
    }
    self.desk = desk
    boundarySeconds = boundary
    early = Proportion(counts.early.back, of: counts.early.all).estimate(confidence: confidence)
    late = Proportion(counts.late.back, of: counts.late.all).estimate(confidence: confidence)
  }
}
