import Statistics

/// Survival against the loss that counts as ruin.
package struct LossCurve: MeasureValue {
  /// λ, a fraction of starting equity, ascending.
  package let loss: [Double]
  /// P(no other cause ruins, and the smallest equity ever > (1 − λ)·start), in 0…1; the smallest is that up to ruin.
  package let survival: [Double]
  /// Lower end of the interval at each loss.
  package let low: [Double]
  /// Upper end of the interval at each loss.
  package let high: [Double]
  /// All paths, ruined ones too.
  package let n: Int
  /// How each interval was made: of all of them the same way.
  package let method: Estimate.Method
  /// Nominal coverage of the interval at each single loss, in (0, 1); not of the curve as a whole.
  package let confidence: Double

  /// The arrays are of one length: an entry is a loss.
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
