import Randomness
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
  /// `survival` with the interval of the whole family: all of them hold at once with the run's confidence.
  package let survivalTogether: Estimate
  /// `finalReturn` with the interval of the whole family.
  package let finalReturnTogether: Estimate
  /// The mean difference of return with the bootstrap's interval; nil where there are more paths than it resamples.
  package let finalReturnBootstrap: Estimate?
  /// The centre of the differences of return by Hodges and Lehmann.
  package let finalReturnCentre: Estimate
  /// The mean of the middle half of the differences of return.
  package let finalReturnMiddle: Estimate
  /// P(the first's final return is higher on a path) + ½P(equal).
  package let superiority: Estimate
  /// How often the final return of each lies above some levels.
  package let profile: ReturnProfile
  /// Whether survival differs: McNemar's exact test.
  package private(set) var survivalTest: PairTest
  /// Whether the returns differ: Wilcoxon's signed-rank test.
  package private(set) var finalReturnTest: PairTest
  /// The difference of survival that so many paths could tell apart four times in five, in the family's interval; nil
  /// where fewer than ten paths tell both apart.
  package let detectableSurvival: Double?
  /// The share of the variance of the returns' difference that common paths save; nil where returns have none.
  package let varianceSaved: Double?
  /// What it says together with those of the other trainings of its agent; nil where there are none.
  package private(set) var trainings: TrainingLevel?
}

extension ComparisonLine {
  /// What it is that all comparisons of a run share.
  struct Family: Sendable {
    let confidence: Double
    /// Of each interval, so that all hold at once with `confidence`.
    let single: Double
    /// Of the stream that draws the bootstrap's paths: the same for all, as their paths are.
    let bootstrap: StreamKey

    /// - Parameter differences: of survival and of return of each comparison, path by path.
    init(_ differences: [[Double]], confidence: Double, seed: UInt64) {
      let streams = RandomStreams(seed: seed, namespace: .report)
      self.confidence = confidence
      single = MaximumT(differences, confidence: confidence, key: streams.key("comparisons/max-t")).single
      bootstrap = streams.key("comparisons/bootstrap")
    }
  }

  /// The most paths that are drawn with replacement: some 0.4 s a comparison. Of more, Hall's interval says the same.
  private static let mostResampledPaths = 100_000

  /// Compares two desks path by path; its tests stand for themselves until ``adjusted(_:)``.
  ///
  /// - Parameters:
  ///   - first: outcomes with `columns`, in the order of the paths.
  ///   - second: the same of the other desk.
  init(
    _ facts: RunContext.ComparisonFacts, _ desks: [RunContext.DeskFacts], _ first: OutcomeTable,
    _ second: OutcomeTable, _ family: Family
  ) {
    let (judged, other) = (desks[facts.desk], desks[facts.against])
    let (causes, otherCauses) = (first[.fact(.cause)], second[.fact(.cause)])
    precondition(causes.count == otherCauses.count, "Invariant: all desks have the same paths")
    let pairs = zip(causes, otherCauses)
    let survivals = PairedShares(
      onlyFirst: pairs.count { $0 == 0 && $1 != 0 }, onlySecond: pairs.count { $0 != 0 && $1 == 0 }, of: causes.count)
    let judgedReturns = first[.fact(.finalEquity)].map { $0 / judged.startEquity - 1 }
    let otherReturns = second[.fact(.finalEquity)].map { $0 / other.startEquity - 1 }
    let returns = PairedSample(judgedReturns, otherReturns)
    let moments = Moments(returns.differences)
    let (confidence, single) = (family.confidence, family.single)
    self.init(
      scenario: judged.scenario, severity: judged.severity, desk: facts.desk, against: facts.against,
      survival: survivals.estimate(confidence: confidence), finalReturn: moments.estimate(confidence: confidence),
      survivalTogether: survivals.estimate(confidence: single),
      finalReturnTogether: moments.estimate(confidence: single),
      finalReturnBootstrap: causes.count <= Self.mostResampledPaths
        ? BootstrapMean(returns.differences, key: family.bootstrap).estimate(confidence: confidence) : nil,
      finalReturnCentre: HodgesLehmann(returns.differences).estimate(confidence: confidence),
      finalReturnMiddle: InterquartileMean(returns.differences).estimate(confidence: confidence),
      superiority: returns.superiority(confidence: confidence),
      profile: ReturnProfile(judgedReturns, against: otherReturns, confidence: confidence),
      survivalTest: PairTest(alone: McNemarTest(survivals).pValue),
      finalReturnTest: PairTest(alone: SignedRankTest(returns.differences).pValue),
      detectableSurvival: survivals.detectableDifference(confidence: single), varianceSaved: returns.varianceSaved)
  }

  /// Survival (−1, 0 or 1) and final return of the first desk less those of the second, path by path.
  static func differences(
    _ facts: RunContext.ComparisonFacts, _ desks: [RunContext.DeskFacts], _ table: (Int) -> OutcomeTable
  ) -> (survival: [Double], finalReturn: [Double]) {
    let (first, second) = (table(facts.desk), table(facts.against))
    func survives(_ cause: Double) -> Double { cause == 0 ? 1 : 0 }
    let survival = zip(first[.fact(.cause)], second[.fact(.cause)]).map { survives($0) - survives($1) }
    let finalReturn = zip(first[.fact(.finalEquity)], second[.fact(.finalEquity)]).map {
      ($0 / desks[facts.desk].startEquity - 1) - ($1 / desks[facts.against].startEquity - 1)
    }
    return (survival, finalReturn)
  }

  /// The same comparison among those of other trainings.
  func among(_ trainings: TrainingLevel) -> ComparisonLine {
    var line = self
    line.trainings = trainings
    return line
  }

  /// The same comparisons with the p-values of the whole family: all of them, survival and return.
  static func adjusted(_ lines: [ComparisonLine]) -> [ComparisonLine] {
    let tests = PairTest.family(lines.flatMap { [$0.survivalTest.pValue, $0.finalReturnTest.pValue] })
    return lines.indices.map { index in
      var line = lines[index]
      line.survivalTest = tests[2 * index]
      line.finalReturnTest = tests[2 * index + 1]
      return line
    }
  }

  /// What it reads of each desk.
  static let columns: [MeasureColumn] = [.fact(.cause), .fact(.finalEquity)]
}
