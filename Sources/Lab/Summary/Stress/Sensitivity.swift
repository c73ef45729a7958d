import Statistics
import Threads

/// On which of the drawn parameters the survival of a desk hangs.
package struct Sensitivity: Codable, Sendable, Equatable {
  /// The desk's number in the store.
  package let desk: Int
  /// Paths that were ruined.
  package let ruined: Int
  /// In the order of how much each explains, the most first; of equals in the order of the scenario.
  package let parameters: [Parameter]

  /// What one drawn parameter has to do with it.
  package struct Parameter: Codable, Sendable, Equatable {
    /// JSON pointer in the scenario's file.
    package let pointer: String
    /// Nil for pure numbers, and for durations, which are in seconds.
    package let unit: String?
    package let isDuration: Bool
    /// The share of the variance of being ruined that the parameter explains alone.
    package let firstOrder: Estimate
    /// Survival in tenths of the paths by what they drew, ascending; nil of all but the first few parameters.
    package let bins: [Bin]?
  }

  /// Paths that drew about the same.
  package struct Bin: Codable, Sendable, Equatable {
    /// The least and the largest that any of them drew.
    package let low, high: Double
    package let survival: Estimate
  }

  /// The fewest paths that have to be ruined, and to survive.
  package static let fewest = 25
  /// Parameters whose bins are kept.
  package static let mostBinned = 3
  private static let tenths = 10
}

extension Sensitivity {
  /// What each path of a scenario drew, in bins.
  private struct Drawn: Sendable {
    let facts: RunContext.ParameterFacts
    let fine, coarse: InputBins
  }

  /// Of every desk on whose paths events act, where enough paths are ruined and enough are not; nil where there is none, or
  /// nothing is drawn.
  ///
  /// - Parameter outcomes: of all desks, with their cause of ruin.
  static func all(
    _ store: ResultsStore, _ context: RunContext, _ outcomes: OutcomeTables, threads: Int
  ) throws(StoreProblem) -> [Sensitivity]? {
    var drawn: [String: [Drawn]] = [:]
    for (number, facts) in context.parameters.enumerated() {
      let values = try store.draws(parameter: number)
      guard values.count >= 2 * fewest else { continue }
      let input = Drawn(
        facts: facts, fine: InputBins(values, count: InputBins.count(of: values.count)),
        coarse: InputBins(values, count: tenths))
      if input.fine.ranges.count > 1 { drawn[facts.scenario, default: []].append(input) }
    }
    let inputs = drawn
    let desks = context.desks.filter { $0.severity > 0 && inputs[$0.scenario] != nil }
    let confidence = context.confidence
    let found = orderedMap(desks.count, threads: threads) { number in
      Sensitivity(
        desk: desks[number].desk, outcomes.table(desk: desks[number].desk)[.fact(.cause)],
        inputs[desks[number].scenario] ?? [], confidence: confidence)
    }
    try outcomes.checkRead()
    let known = found.compactMap(\.self)
    return known.isEmpty ? nil : known
  }

  private init?(desk: Int, _ causes: [Double], _ inputs: [Drawn], confidence: Double) {
    let ruin = causes.map { $0 == 0 ? 0.0 : 1.0 }
    let ruined = causes.count { $0 != 0 }
    guard ruined >= Self.fewest, ruin.count - ruined >= Self.fewest else { return nil }
    let indices = inputs.enumerated().map { place, input in
      (place: place, estimate: FirstOrderIndex(ruin, across: input.fine).estimate(confidence: confidence))
    }
    let order = indices.filter { $0.estimate.value != nil }.sorted { one, other in
      let (first, second) = (one.estimate.value ?? 0, other.estimate.value ?? 0)
      return first != second ? first > second : one.place < other.place
    }
    guard !order.isEmpty else { return nil }
    self.desk = desk
    self.ruined = ruined
    parameters = order.enumerated().map { rank, index in
      let input = inputs[index.place]
      return Parameter(
        pointer: input.facts.pointer, unit: input.facts.unit, isDuration: input.facts.isDuration,
        firstOrder: index.estimate,
        bins: rank < Self.mostBinned ? Self.bins(ruin, input.coarse, confidence) : nil)
    }
  }

  private static func bins(_ ruin: [Double], _ input: InputBins, _ confidence: Double) -> [Bin] {
    var paths = input.ranges.map { _ in 0 }
    var alive = paths
    for (value, bin) in zip(ruin, input.bins) {
      paths[Int(bin)] += 1
      if value == 0 { alive[Int(bin)] += 1 }
    }
    return input.ranges.indices.map { bin in
      Bin(
        low: input.ranges[bin].lowerBound, high: input.ranges[bin].upperBound,
        survival: Proportion(alive[bin], of: paths[bin]).estimate(confidence: confidence))
    }
  }
}
