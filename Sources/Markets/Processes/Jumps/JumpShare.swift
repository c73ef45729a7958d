import Documents
import Randomness

/// What jumps take of a total volatility.
enum JumpShare {
  /// What is wrong where the jumps alone can have more variance than the total.
  ///
  /// - Parameters:
  ///   - volatility: total, 1/√year.
  ///   - rate: mean number of jumps, 1/year.
  ///   - square: the largest E J².
  static func violation(of volatility: Draw, rate: Draw, square: Double) -> FormViolation? {
    let jumps = rate.upperBound * square
    let total = volatility.lowerBound * volatility.lowerBound
    guard !(total > jumps) else { return nil }
    return FormViolation(
      "the total volatility can be as low as \(rounded(total.squareRoot())), and the jumps alone can have "
        + "\(rounded(jumps.squareRoot())): nothing is left for the diffusion")
  }
}

/// A number with three digits, for a message.
func rounded(_ x: Double) -> String { JSONWriter.number((x * 1000).rounded() / 1000) }
