import Statistics

/// The figures of one desk: an agent behind a risk profile, in one scenario at one severity.
package struct DeskFigures: Codable, Sendable, Equatable {
  /// `ScenarioSummary.name`.
  package let scenario: String
  package let severity: Double
  package let agent: String
  package let risk: String
  /// The desk's number in the store.
  package let desk: Int
  /// In quote currency.
  package let startEquity: Double
  /// P(no ruin by the horizon).
  package let survival: Estimate
  /// P(ruined) less P(ruined at severity 0), paired path by path; nil at severity 0, or where that was not run.
  package let ruinFromEvent: Estimate?
  /// Mean of the trading time until ruin, cut at the horizon (restricted mean), in seconds; nil where not computed.
  package let timeSurvivedSeconds: Estimate?
  /// P(recovered by the horizon | impaired), with ruin competing.
  package let recovery: Estimate
  /// The four states, which add up to one.
  package let recoveryStates: RecoveryStates
  /// Over all impaired paths, ruin competing; value nil: fewer than half of them recovered.
  package let medianRecoverySeconds: Estimate
  /// Mean time from impairment to recovery, ruin or the horizon, over impaired paths; in seconds.
  package let expectedTimeImpairedSeconds: Estimate
  /// Half-spread, impact and fees, in basis points of traded notional at the decision price.
  package let executionCostBps: Estimate
  /// Mean of final equity over starting equity, less one; ruined paths count with what was left.
  package let finalReturnMean: Estimate
  package let finalReturnQuantiles: [QuantileLine]
  /// Mean loss in the worst 5 % of paths, as a positive fraction of starting equity.
  package let expectedShortfall: Estimate
  /// Close-based, as a fraction of the running peak, in 0…1.
  package let maximumDrawdownQuantiles: [QuantileLine]
  /// Median of the longest spell under the running peak, in seconds.
  package let timeUnderWaterSeconds: Estimate
  /// Share of all paths ruined by each cause.
  package let ruinCauses: [CauseLine]
  /// Filled over wanted notional, both at the decision price.
  package let filledShare: Estimate
  /// Mean cost by term, in basis points of starting equity, calm and event window apart.
  package let costSplit: [CostLine]
  /// P(not ruined by t), t since t = 0.
  package let survivalCurve: Curve
  /// P(recovered within τ of the impairment), ruin competing.
  package let recoveredCurve: Curve
  /// P(ruined within τ of the impairment before recovery).
  package let ruinedCurve: Curve
  /// P(smallest equity ever > (1 − λ)·start) against the loss λ.
  package let lossCurve: LossCurve
  /// Of maximum drawdown, in 0…1.
  package let drawdownFrequencies: Frequencies
  /// Of final equity over starting equity, less one.
  package let finalReturnFrequencies: Frequencies
  /// The path that ended worst, replayed.
  package let worstPath: Trace?

  package init(
    scenario: String, severity: Double, agent: String, risk: String, desk: Int, startEquity: Double, survival: Estimate,
    recovery: Estimate, recoveryStates: RecoveryStates, medianRecoverySeconds: Estimate,
    expectedTimeImpairedSeconds: Estimate, executionCostBps: Estimate, finalReturnMean: Estimate,
    finalReturnQuantiles: [QuantileLine], expectedShortfall: Estimate, maximumDrawdownQuantiles: [QuantileLine],
    timeUnderWaterSeconds: Estimate, ruinCauses: [CauseLine], filledShare: Estimate, costSplit: [CostLine],
    survivalCurve: Curve, recoveredCurve: Curve, ruinedCurve: Curve, lossCurve: LossCurve,
    drawdownFrequencies: Frequencies, finalReturnFrequencies: Frequencies, worstPath: Trace? = nil,
    ruinFromEvent: Estimate? = nil, timeSurvivedSeconds: Estimate? = nil
  ) {
    self.scenario = scenario
    self.severity = severity
    self.agent = agent
    self.risk = risk
    self.desk = desk
    self.startEquity = startEquity
    self.survival = survival
    self.ruinFromEvent = ruinFromEvent
    self.timeSurvivedSeconds = timeSurvivedSeconds
    self.recovery = recovery
    self.recoveryStates = recoveryStates
    self.medianRecoverySeconds = medianRecoverySeconds
    self.expectedTimeImpairedSeconds = expectedTimeImpairedSeconds
    self.executionCostBps = executionCostBps
    self.finalReturnMean = finalReturnMean
    self.finalReturnQuantiles = finalReturnQuantiles
    self.expectedShortfall = expectedShortfall
    self.maximumDrawdownQuantiles = maximumDrawdownQuantiles
    self.timeUnderWaterSeconds = timeUnderWaterSeconds
    self.ruinCauses = ruinCauses
    self.filledShare = filledShare
    self.costSplit = costSplit
    self.survivalCurve = survivalCurve
    self.recoveredCurve = recoveredCurve
    self.ruinedCurve = ruinedCurve
    self.lossCurve = lossCurve
    self.drawdownFrequencies = drawdownFrequencies
    self.finalReturnFrequencies = finalReturnFrequencies
    self.worstPath = worstPath
  }
}

/// Shares of all paths; they add up to one.
package struct RecoveryStates: Codable, Sendable, Equatable {
  /// Never impaired, or the event never started.
  package let unimpaired: Estimate
  package let recovered: Estimate
  package let ruined: Estimate
  package let unresolved: Estimate

  package init(unimpaired: Estimate, recovered: Estimate, ruined: Estimate, unresolved: Estimate) {
    self.unimpaired = unimpaired
    self.recovered = recovered
    self.ruined = ruined
    self.unresolved = unresolved
  }
}

/// A quantile of an outcome across paths, with the interval of its estimate.
package struct QuantileLine: Codable, Sendable, Equatable {
  /// In 0…1.
  package let probability: Double
  package let estimate: Estimate

  package init(probability: Double, estimate: Estimate) {
    self.probability = probability
    self.estimate = estimate
  }
}

/// How often one cause ruined the desk.
package struct CauseLine: Codable, Sendable, Equatable {
  /// `liquidation`, `zeroEquity` or `equityBelow`.
  package let cause: String
  package let share: Estimate

  package init(cause: String, share: Estimate) {
    self.cause = cause
    self.share = share
  }
}

/// One term of the implementation shortfall.
package struct CostLine: Codable, Sendable, Equatable {
  /// `halfSpread`, `impact`, `fees`, `delay`, `drift`, `opportunity`, `financing` or `liquidation`.
  package let term: String
  /// Basis points of starting equity, outside event windows.
  package let calm: Estimate
  /// Basis points of starting equity, inside event windows.
  package let event: Estimate

  package init(term: String, calm: Estimate, event: Estimate) {
    self.term = term
    self.calm = calm
    self.event = event
  }
}

/// Survival against the loss that counts as ruin.
package struct LossCurve: Codable, Sendable, Equatable {
  /// λ, a fraction of starting equity, ascending.
  package let loss: [Double]
  /// P(smallest equity ever > (1 − λ)·start).
  package let survival: [Double]
  package let low: [Double]
  package let high: [Double]
  package let n: Int
  package let method: String
  package let confidence: Double

  package init(
    loss: [Double], survival: [Double], low: [Double], high: [Double], n: Int, method: String, confidence: Double
  ) {
    self.loss = loss
    self.survival = survival
    self.low = low
    self.high = high
    self.n = n
    self.method = method
    self.confidence = confidence
  }
}
