import Statistics

/// What comparisons say together whose first desks are trainings of one document with different seeds: a difference over
/// trainings and paths, not of one trained agent.
package struct TrainingLevel: Codable, Sendable, Equatable {
  /// The numbers of the desks that are judged, one a training.
  package let desks: [Int]
  /// P(survives) of the first less that of the second: mean over trainings and paths.
  package let survival: Estimate
  /// The difference of final return: mean over trainings and paths.
  package let finalReturn: Estimate
}

extension TrainingLevel {
  /// The places of comparisons that belong together, those of each group in their order.
  ///
  /// In one market they judge agents of the same documents, each with a seed of its own, behind one risk profile; by one desk,
  /// or by desks that are trainings of one document as well, each only once: then the differences are those of independent
  /// trainings.
  static func groups(_ pairs: [RunContext.ComparisonFacts], _ context: RunContext) -> [[Int]] {
    let trainings = Dictionary(
      (context.policies ?? []).compactMap { policy in policy.training.map { (policy.agent, $0) } },
      uniquingKeysWith: { first, _ in first })
    func documents(_ desk: Int) -> String? { trainings[context.desks[desk].agent]?.documents }
    func key(_ pair: RunContext.ComparisonFacts) -> [String]? {
      guard let judged = documents(pair.desk) else { return nil }
      let (desk, other) = (context.desks[pair.desk], context.desks[pair.against])
      return ["\(desk.market)", judged, desk.risk, documents(pair.against) ?? "agent \(other.agent)", other.risk]
    }
    func areIndependent(_ places: [Int]) -> Bool {
      let seeds = Set(places.compactMap { trainings[context.desks[pairs[$0].desk].agent]?.seed })
      let others = Set(places.map { pairs[$0].against })
      return seeds.count == places.count && (others.count == 1 || others.count == places.count)
    }
    let keys = pairs.map(key)
    var seen: Set<[String]> = []
    let groups = keys.compactMap { key -> [Int]? in
      guard let key, seen.insert(key).inserted else { return nil }
      return keys.indices.filter { keys[$0] == key }
    }
    return groups.filter { $0.count > 1 && areIndependent($0) }
  }

  /// Takes the differences of both desks path by path, training by training.
  ///
  /// - Parameter differences: of each comparison in the group, survival (−1, 0 or 1) and return.
  init(
    _ pairs: [RunContext.ComparisonFacts], confidence: Double,
    _ differences: (RunContext.ComparisonFacts) -> (survival: [Double], finalReturn: [Double])
  ) {
    let rows = pairs.map(differences)
    self.init(
      desks: pairs.map(\.desk), survival: TwoLevelMean(rows.map(\.survival)).estimate(confidence: confidence),
      finalReturn: TwoLevelMean(rows.map(\.finalReturn)).estimate(confidence: confidence))
  }
}
