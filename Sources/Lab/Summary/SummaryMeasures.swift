import Statistics
import Trading

/// Shares of all paths; they add up to one.
package struct RecoveryStates: MeasureValue {
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

  package var lines: [(word: String, estimate: Estimate)] {
    [("unimpaired", unimpaired), ("recovered", recovered), ("ruined", ruined), ("unresolved", unresolved)]
  }
}

/// A quantile of an outcome across paths, with the interval of its estimate.
package struct QuantileLine: MeasureValue {
  /// In 0…1.
  package let probability: Double
  package let estimate: Estimate

  package init(probability: Double, estimate: Estimate) {
    self.probability = probability
    self.estimate = estimate
  }

  package var lines: [(word: String, estimate: Estimate)] {
    [("\(Int((probability * 100).rounded())) % quantile", estimate)]
  }
}

extension SortedSample {
  /// Quantiles of the sample.
  func lines(at levels: [Double], confidence: Double) -> [QuantileLine] {
    levels.map { QuantileLine(probability: $0, estimate: quantile($0, confidence: confidence)) }
  }
}

/// How often one cause ruined the desk.
package struct CauseLine: MeasureValue {
  package let cause: RuinCause
  package let share: Estimate

  package init(cause: RuinCause, share: Estimate) {
    self.cause = cause
    self.share = share
  }

  package var lines: [(word: String, estimate: Estimate)] { [(cause.name, share)] }
}

/// One term of the implementation shortfall.
package struct CostLine: MeasureValue {
  package let term: CostTerm
  /// Basis points of starting equity, outside event windows.
  package let calm: Estimate
  /// Basis points of starting equity, inside event windows.
  package let event: Estimate

  package init(term: CostTerm, calm: Estimate, event: Estimate) {
    self.term = term
    self.calm = calm
    self.event = event
  }

  package var lines: [(word: String, estimate: Estimate)] {
    [("\(term.name), calm", calm), ("\(term.name), in event windows", event)]
  }
}

/// Survival against the loss that counts as ruin.
package struct LossCurve: MeasureValue {
  /// λ, a fraction of starting equity, ascending.
  package let loss: [Double]
  /// P(smallest equity ever > (1 − λ)·start).
  package let survival: [Double]
  package let low: [Double]
  package let high: [Double]
  package let n: Int
  package let method: Estimate.Method
  package let confidence: Double

  package init(
    loss: [Double], survival: [Double], low: [Double], high: [Double], n: Int, method: Estimate.Method,
    confidence: Double
  ) {
    self.loss = loss
    self.survival = survival
    self.low = low
    self.high = high
    self.n = n
    self.method = method
    self.confidence = confidence
  }

  /// A chart shows it.
  package var lines: [(word: String, estimate: Estimate)] { [] }
}
