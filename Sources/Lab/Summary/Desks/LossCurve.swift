import Glibc
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
  /// Half of the width of the band that holds the curve at all losses at once, at the same confidence; cut at 0 and 1.
  ///
  /// ε = √(ln(2/α)/2n). Source: Massart (1990), Annals of Probability 18(3), on Dvoretzky, Kiefer & Wolfowitz's inequality.
  package let halfBand: Double
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
    halfBand = Self.halfBand(n, confidence: confidence)
  }

  private static func halfBand(_ n: Int, confidence: Double) -> Double {
    n > 0 ? min(1, (log(2 / (1 - confidence)) / (2 * Double(n))).squareRoot()) : 1
  }

  /// Ends that are the value itself.
  package var withoutIntervals: LossCurve {
    LossCurve(
      loss: loss, survival: survival, low: survival, high: survival, n: n, method: method, confidence: confidence)
  }

  /// A chart shows it.
  package var lines: [(word: String, estimate: Estimate)] { [] }
}
