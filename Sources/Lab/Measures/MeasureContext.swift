/// What a measure knows of a desk beside its outcomes.
package struct MeasureContext: Sendable {
  /// Equity at t = 0, in quote currency.
  package let startEquity: Double
  /// Length of a step in trading time, in seconds.
  package let stepSeconds: Double
  /// Steps from t = 0 to the horizon.
  package let steps: Int
  /// When a desk counts as ruined.
  package let ruin: RuinSummary
  /// Nominal coverage of every interval, in (0, 1).
  package let confidence: Double
  /// The outcomes of the same desk at severity 0, in the same order of paths; nil at severity 0, or where that was not
  /// run.
  package let calm: OutcomeTable?
  /// By what performance is told over a year; nil where the horizon is under a quarter of one.
  package let performance: PerformanceTerms?
  /// By what execution is judged; nil where the mandate is another.
  package let execution: ExecutionTerms?

  /// Made for each desk when a run is summarised, from what the store says of it.
  package init(
    startEquity: Double, stepSeconds: Double, steps: Int, ruin: RuinSummary, confidence: Double,
    calm: OutcomeTable? = nil, performance: PerformanceTerms? = nil, execution: ExecutionTerms? = nil
  ) {
    self.startEquity = startEquity
    self.stepSeconds = stepSeconds
    self.steps = steps
    self.ruin = ruin
    self.confidence = confidence
    self.calm = calm
    self.performance = performance
    self.execution = execution
  }

  /// The same with intervals of another confidence.
  func with(confidence: Double) -> MeasureContext {
    MeasureContext(
      startEquity: startEquity, stepSeconds: stepSeconds, steps: steps, ruin: ruin, confidence: confidence, calm: calm,
      performance: performance, execution: execution)
  }

  /// The same with other outcomes at severity 0 beside it.
  func with(calm: OutcomeTable?) -> MeasureContext {
    MeasureContext(
      startEquity: startEquity, stepSeconds: stepSeconds, steps: steps, ruin: ruin, confidence: confidence, calm: calm,
      performance: performance, execution: execution)
  }

  /// Trading time from t = 0 to the horizon, in seconds.
  package var horizon: Double { Double(steps) * stepSeconds }
}
