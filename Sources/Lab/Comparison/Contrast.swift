import Statistics

/// Two samples of a desk, path by path or apart.
struct Contrast {
  let baseline: DeskSample
  let candidate: DeskSample
  /// Whether the n-th path of both is the same market.
  let isPaired: Bool

  /// Candidate's survival less the baseline's.
  func survival(confidence: Double) -> Estimate {
    guard isPaired else {
      return ShareDifference(candidate.survivors, less: baseline.survivors).estimate(confidence: confidence)
    }
    let pairs = zip(candidate.survives, baseline.survives)
    return PairedShares(
      onlyFirst: pairs.count { $0 && !$1 }, onlySecond: pairs.count { !$0 && $1 }, of: candidate.survives.count
    ).estimate(confidence: confidence)
  }

  /// The difference of two means, of values that are the paths' own.
  private func mean(_ candidate: [Double], less baseline: [Double], confidence: Double) -> Estimate {
    isPaired
      ? Moments(zip(candidate, baseline).map { $0 - $1 }).estimate(confidence: confidence)
      : MeanDifference(Moments(candidate), less: Moments(baseline)).estimate(confidence: confidence)
  }

  /// Every measure that is compared.
  func measures(confidence: Double) -> [MeasureComparison] {
    func line(
      _ measure: some Measure, _ estimate: (DeskSample) -> Estimate, _ difference: Estimate
    ) -> MeasureComparison {
      MeasureComparison(
        measure, baseline: estimate(baseline), candidate: estimate(candidate), difference: difference)
    }
    let recoveries = (baseline: baseline.recovery, candidate: candidate.recovery)
    return [
      line(Measures.Survival(), { $0.survivors.estimate(confidence: confidence) }, survival(confidence: confidence)),
      line(
        Measures.FinalReturnMean(), { Moments($0.returns).estimate(confidence: confidence) },
        mean(candidate.returns, less: baseline.returns, confidence: confidence)),
      line(
        Measures.ExpectedShortfall(),
        { LossSample(returns: $0.returns).expectedShortfall(Self.level, confidence: confidence) },
        shortfall(confidence: confidence)),
      line(
        Measures.ExecutionCost(), { $0.costRatio.estimate(confidence: confidence).scaled(by: 1e4) },
        ratio(\.costRatio, confidence: confidence).scaled(by: 1e4)),
      MeasureComparison(
        Measures.Recovery(), baseline: recoveries.baseline.estimate(confidence: confidence),
        candidate: recoveries.candidate.estimate(confidence: confidence),
        difference: recovery(recoveries.candidate, less: recoveries.baseline, confidence: confidence)),
      line(
        Measures.TimeImpaired(),
        { Measures.TimeImpaired.mean($0.impairments.compactMap { $0?.time }, confidence: confidence) },
        Self.bounded(
          ratio(\.timeImpaired, confidence: confidence),
          where: [baseline, candidate].allSatisfy {
            $0.impairments.count { $0 != nil } >= Measures.TimeImpaired.fewest
          })),
    ]
  }

  /// The level of the catalogue's expected shortfall.
  private static let level = 0.95

  private func shortfall(confidence: Double) -> Estimate {
    func parts(_ sample: DeskSample) -> [Double] { LossSample.contributions(sample.returns, level: Self.level) }
    let difference = mean(parts(candidate), less: parts(baseline), confidence: confidence)
    let tail = Double(min(candidate.returns.count, baseline.returns.count)) * (1 - Self.level)
    return Self.bounded(difference, where: (tail + 1e-9).rounded(.down) >= Double(LossSample.fewestInTail))
  }

  /// A difference without bounds where there are too few paths for them; that nothing differs needs none.
  private static func bounded(_ difference: Estimate, where isKnown: Bool) -> Estimate {
    if isKnown { return difference }
    if case .notSeen = difference.evidence { return difference }
    return difference.asTooFewPaths()
  }

  /// The difference of two ratios, by what each path adds to them; without bounds where either ratio has none.
  private func ratio(_ ratio: (DeskSample) -> RatioOfSums, confidence: Double) -> Estimate {
    let (one, other) = (ratio(candidate), ratio(baseline))
    let areKnown = [one, other].allSatisfy { $0.estimate(confidence: confidence).evidence != .tooFewPaths }
    return mean(
      ofContributions: one.contributions, less: other.contributions, areKnown: areKnown, confidence: confidence)
  }

  /// The difference of two probabilities of recovery, likewise; each up to where its own run knows it.
  private func recovery(
    _ candidate: RecoveryProbability, less baseline: RecoveryProbability, confidence: Double
  ) -> Estimate {
    mean(
      ofContributions: candidate.contributions(self.candidate.impairments),
      less: baseline.contributions(self.baseline.impairments),
      areKnown: !candidate.hasFewImpaired && !baseline.hasFewImpaired, confidence: confidence)
  }

  /// The mean difference of what paths add to a figure; unknown where nothing adds to one of both.
  private func mean(
    ofContributions first: [Double]?, less second: [Double]?, areKnown: Bool, confidence: Double
  ) -> Estimate {
    guard let first, let second else {
      return .unknown(
        n: min(candidate.costs.count, baseline.costs.count), confidence: confidence,
        method: isPaired ? .studentT : .welch)
    }
    return Self.bounded(mean(first, less: second, confidence: confidence), where: areKnown)
  }
}
