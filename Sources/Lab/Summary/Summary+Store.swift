import Foundation
import GRDB
import Threads

extension Summary {
  /// Makes the summary of a finished run from its store alone.
  ///
  /// - Parameter threads: on which desks are summarised side by side.
  /// - Throws: `StoreProblem` when the store holds no finished run.
  package init(_ store: ResultsStore, threads: Int = 1) throws(StoreProblem) {
    let context = try store.context()
    let range = try store.finishedRange(markets: context.markets.count)
    guard let digest = try store.meta("digest"), let samples = try store.samples() else {
      throw StoreProblem("the run is not finished: resume it with --resume", .unfit)
    }
    let fans = try FanReader(store, samples: samples)
    let desks = try DeskWork.all(store, context, paths: range) { series throws(StoreProblem) in
      try fans.fans(series)
    }
    let summaries = orderedMap(desks.count, threads: threads) { desk in
      Result { () throws(StoreProblem) in try desks[desk].summary }
    }
    let comparisons = try context.comparisons.map { pairs throws(StoreProblem) in
      try DeskWork.comparisons(pairs, desks, context, threads: threads)
    }
    let profileEffects = try ProfileEffect.all(desks, context, threads: threads)
    let onsets = try ImpairmentOnsets.all(desks, context, threads: threads)
    let sensitivities = try desks.first.flatMap { first throws(StoreProblem) in
      try Sensitivity.all(store, context, first.outcomes, threads: threads)
    }
    let criteria = try DeskWork.criteria(desks, context, threads: threads)
    let made = try summaries.map { summary throws(StoreProblem) in try summary.get() }
    let stopping = context.until.map { until in
      // Severity 0 is there to compare with; what a study asks for is about the stress, where there is any.
      let stressed = made.filter { $0.severity > 0 }
      return StoppingSummary(
        until: until,
        isMet: (stressed.isEmpty ? made : stressed).allSatisfy { desk in until.allSatisfy { $0.isMet(at: desk) } },
        confidence: context.coverage ?? context.confidence)
    }
    self.init(
      schema: Self.currentSchema, title: context.title,
      run: RunIdentity(context, paths: range, digest: digest), ruin: context.ruin, recovery: context.recovery,
      scenarios: context.scenarios,
      markets: try context.markets.map { market throws(StoreProblem) in try MarketSummary(market, fans) },
      desks: made, agents: context.agents,
      riskProfiles: context.riskProfiles, studyParameters: context.studyParameters, absences: context.absences,
      openings: context.openings,
      policies: try Self.policies(store, context),
      comparisons: comparisons, profileEffects: profileEffects, impairmentOnsets: onsets,
      severityCurves: SeverityCurve.all(try store.rungs(), context),
      whatIfs: WhatIfWorld.all(try store.whatIfs(), context),
      ruins: RuinStory.all(try store.ruins(), context), sensitivities: sensitivities,
      criteria: criteria, stopping: stopping, knownCase: try store.knownCase())
  }
}

extension Summary {
  private static func policies(
    _ store: ResultsStore, _ context: RunContext
  ) throws(StoreProblem) -> [PolicySummary]? {
    guard let records = context.policies else { return nil }
    let agents = Dictionary(context.desks.map { ($0.desk, $0.agent) }, uniquingKeysWith: { first, _ in first })
    let behaviours = try store.behaviours()
    return records.map { record in
      PolicySummary(
        record: record, behaviours: behaviours.filter { agents[$0.desk] == record.agent }.map(\.behaviour))
    }
  }
}

extension RunIdentity {
  fileprivate init(_ context: RunContext, paths: Range<Int64>, digest: String) {
    self.init(
      paths: Int64(paths.count), firstPath: paths.lowerBound, seed: context.seed, confidence: context.confidence,
      programVersion: context.programVersion, gitRevision: context.gitRevision,
      streamVersion: Int(context.streamVersion), cpuLevel: context.cpuLevel, digest: digest,
      command: context.command(for: paths), files: context.files)
  }
}

extension MarketSummary {
  fileprivate init(_ facts: RunContext.MarketFacts, _ fans: FanReader) throws(StoreProblem) {
    let assets = try facts.assets.enumerated().map { index, asset throws(StoreProblem) in
      let series = facts.fans.series.filter { $0.asset == index }
      return AssetFans(
        asset: asset, fans: try fans.fans(series), isInEventTime: series.contains(where: \.isInEventTime),
        mayBeNegative: series.contains { $0.reference != nil })
    }
    self.init(scenario: facts.scenario, severity: facts.severity, assets: assets)
  }
}

/// Makes fans from the store's histograms and sample paths.
private struct FanReader {
  private let store: ResultsStore
  private let samples: [Int: [[Double]]]

  init(_ store: ResultsStore, samples: [Int: [[Double]]]) throws(StoreProblem) {
    self.store = store
    self.samples = samples
  }

  /// The fans of one asset or desk.
  ///
  /// - Throws: `StoreProblem` for a quantity that this version does not know.
  func fans(_ series: [FanSeries]) throws(StoreProblem) -> Fans {
    Fans(
      try Dictionary(
        uniqueKeysWithValues: series.map { series throws(StoreProblem) in
          guard let quantity = FanQuantities.known(series) else {
            throw StoreProblem("the store counts \(series.quantity), which this version does not know", .unfit)
          }
          return (quantity.key, try fan(series))
        }))
  }

  private func fan(_ series: FanSeries) throws(StoreProblem) -> Fan {
    Fan(series, try store.histograms(series), samplePaths: samples[series.number] ?? [])
  }
}
