import Foundation
import Statistics
import Trading

extension DeskFigures {
  /// Summarises a desk's outcomes.
  ///
  /// - Parameters:
  ///   - calm: which paths of the same desk were ruined at severity 0, for the paired effect of the events; nil: none.
  init(
    _ facts: RunContext.DeskFacts, _ outcomes: DeskOutcomes, clock: ClockSummary, ruin: RuinSummary,
    confidence: Double, calm: [Bool]?, worstPath: Trace?
  ) {
    let measures = DeskMeasures(outcomes, facts, clock, confidence)
    self.init(
      scenario: facts.scenario, severity: facts.severity, agent: facts.agent, risk: facts.risk, desk: facts.desk,
      startEquity: facts.startEquity, survival: measures.survival, recovery: measures.recovery,
      recoveryStates: measures.recoveryStates, medianRecoverySeconds: measures.medianRecoverySeconds,
      expectedTimeImpairedSeconds: measures.expectedTimeImpairedSeconds,
      executionCostBps: measures.executionCostBps, finalReturnMean: measures.finalReturnMean,
      finalReturnQuantiles: measures.quantiles(
        of: measures.returns, at: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]),
      expectedShortfall: LossSample(returns: measures.returns).expectedShortfall(0.95, confidence: confidence),
      maximumDrawdownQuantiles: measures.quantiles(of: outcomes[.maximumDrawdown], at: [0.05, 0.25, 0.5, 0.75, 0.95]),
      timeUnderWaterSeconds: SortedSample(outcomes[.timeUnderWater]).quantile(0.5, confidence: confidence)
        .scaled(by: clock.stepSeconds),
      ruinCauses: measures.ruinCauses, filledShare: measures.filledShare, costSplit: measures.costSplit,
      survivalCurve: measures.survivalCurve, recoveredCurve: measures.recoveryCurve(of: .recovered),
      ruinedCurve: measures.recoveryCurve(of: .ruined), lossCurve: measures.lossCurve(ruin),
      drawdownFrequencies: Frequencies(outcomes[.maximumDrawdown], in: 0...1, bins: 50),
      finalReturnFrequencies: Frequencies(spreadOf: measures.returns, bins: 50), worstPath: worstPath,
      ruinFromEvent: calm.map { measures.ruinFromEvent($0) },
      timeSurvivedSeconds: measures.timeSurvivedSeconds)
  }
}

extension Frequencies {
  /// Counts numbers in equal bins of a range.
  init(_ values: [Double], in range: ClosedRange<Double>, bins: Int) {
    let width = (range.upperBound - range.lowerBound) / Double(bins)
    var counts = Array(repeating: 0, count: bins)
    var below = 0
    var above = 0
    for value in values {
      let bin = ((value - range.lowerBound) / width).rounded(.down)
      if bin < 0 {
        below += 1
      } else if bin >= Double(bins) {
        above += 1
      } else {
        counts[Int(bin)] += 1
      }
    }
    self.init(
      edges: (0...bins).map { range.lowerBound + Double($0) * width }, counts: counts, below: below, above: above)
  }

  /// Counts numbers in equal bins of round width that hold all but the outermost hundredth.
  init(spreadOf values: [Double], bins: Int) {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last, first < last else {
      let centre = sorted.first ?? 0
      self.init(values, in: centre - 0.5...centre + 0.5, bins: 1)
      return
    }
    let low = sorted[sorted.count / 200]
    let high = sorted[sorted.count - 1 - sorted.count / 200]
    let width = Self.roundWidth(atLeast: max(high - low, (last - first) * 1e-6) / Double(bins))
    let start = (low / width).rounded(.down)
    let end = (high / width).rounded(.down) + 1
    self.init(values, in: start * width...end * width, bins: Int(end - start))
  }

  /// The smallest of 1, 2, 2.5, 5 × a power of ten that is not under `width`.
  private static func roundWidth(atLeast width: Double) -> Double {
    let power = pow(10, log10(width).rounded(.down))
    return [1, 2, 2.5, 5, 10].map { $0 * power }.first { $0 >= width * (1 - 1e-12) } ?? 10 * power
  }
}
