import Statistics

/// Two desks on the same paths of one scenario at one severity: what the first has more than the second.
package struct ComparisonLine: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  /// θ of both.
  package let severity: Double
  /// The number of the desk that is judged.
  package let desk: Int
  /// The number of the desk that it is judged by.
  package let against: Int
  /// P(survives) of the first less that of the second, with Tango's interval of the paired difference.
  package let survival: Estimate
  /// The mean over paths of the first's final return less the second's on the same path, with Student's t interval.
  package let finalReturn: Estimate
}

extension ComparisonLine {
  /// Compares two desks path by path.
  ///
  /// - Parameters:
  ///   - first: outcomes with `columns`, in the order of the paths.
  ///   - second: the same of the other desk.
  init(
    _ facts: RunContext.ComparisonFacts, _ desks: [RunContext.DeskFacts], _ first: OutcomeTable,
    _ second: OutcomeTable, confidence: Double
  ) {
    let (judged, other) = (desks[facts.desk], desks[facts.against])
    let (causes, otherCauses) = (first[.fact(.cause)], second[.fact(.cause)])
    precondition(causes.count == otherCauses.count, "Invariant: all desks have the same paths")
    let pairs = zip(causes, otherCauses)
    self.init(
      scenario: judged.scenario, severity: judged.severity, desk: facts.desk, against: facts.against,
      survival: PairedShares(
        onlyFirst: pairs.count { $0 == 0 && $1 != 0 }, onlySecond: pairs.count { $0 != 0 && $1 == 0 },
        of: causes.count
      ).estimate(confidence: confidence),
      finalReturn: Moments(
        zip(first[.fact(.finalEquity)], second[.fact(.finalEquity)]).map {
          ($0 / judged.startEquity - 1) - ($1 / other.startEquity - 1)
        }
      ).estimate(confidence: confidence))
  }

  /// What it reads of each desk.
  static let columns: [MeasureColumn] = [.fact(.cause), .fact(.finalEquity)]
}
