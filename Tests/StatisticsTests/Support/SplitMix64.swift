import CGSL
import Foundation

/// A small generator with a fixed seed, so that a statistical test is the same test every day.
/// Source: Steele, Lea & Flood (2014), OOPSLA.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform strictly between 0 and 1.
  mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// Exponential with a mean.
  mutating func exponential(mean: Double) -> Double { -mean * log(uniform()) }

  /// Standard normal, by inversion.
  mutating func normal() -> Double { gsl_cdf_ugaussian_Pinv(uniform()) }
}
