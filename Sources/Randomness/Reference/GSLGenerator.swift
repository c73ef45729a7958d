import CGSL

/// GSL's Mersenne Twister with GSL's own samplers, for one path of a reference market: nothing of Philox, Box-Muller, quantile
/// tables or lanes is in what it draws.
///
/// Confined to one worker. GSL's parameters are kept: an exponential has its mean, a gamma law shape and scale.
package final class GSLGenerator {
  private let generator: UnsafeMutablePointer<gsl_rng>

  /// A generator that stands nowhere yet.
  package init() {
    GSL.silenceErrors()
    guard let generator = gsl_rng_alloc(gsl_mersenne_twister()) else {
      preconditionFailure("Invariant: GSL has the memory for a generator of 5 KB")
    }
    self.generator = generator
  }

  deinit { gsl_rng_free(generator) }

  /// Goes to the beginning of a path's draws.
  ///
  /// The twister's seeds have 32 bits: a hash of names would meet itself on some of a hundred thousand paths. So under one key the
  /// seed is a bijection of the path's number, MurmurHash3's finaliser: paths under 2³² have seeds of their own.
  package func begin(_ key: StreamKey, path: UInt64) {
    var seed = UInt32(truncatingIfNeeded: path) &+ UInt32(truncatingIfNeeded: path >> 32) &* 0x9e37_79b9 &+ key.k0
    seed = (seed ^ (seed >> 16)) &* 0x85eb_ca6b
    seed = (seed ^ (seed >> 13)) &* 0xc2b2_ae35
    gsl_rng_set(generator, UInt(seed ^ (seed >> 16) ^ key.k1))
  }

  /// A uniform in (0, 1).
  package func uniform() -> Double { gsl_rng_uniform_pos(generator) }

  /// A standard normal, by the ziggurat.
  package func normal() -> Double { gsl_ran_gaussian_ziggurat(generator, 1) }

  /// An exponential of a mean.
  package func exponential(mean: Double) -> Double { gsl_ran_exponential(generator, mean) }

  /// A number of events of which so many are expected.
  package func poisson(mean: Double) -> Int { mean > 0 ? Int(gsl_ran_poisson(generator, mean)) : 0 }

  /// A gamma variable.
  package func gamma(shape: Double, scale: Double) -> Double { gsl_ran_gamma(generator, shape, scale) }

  /// χ² with so many degrees of freedom.
  package func chiSquare(degrees: Double) -> Double { gsl_ran_chisq(generator, degrees) }

  /// An α-stable variable of scale 1, in GSL's location.
  package func stable(alpha: Double, beta: Double) -> Double { gsl_ran_levy_skew(generator, 1, alpha, beta) }

  /// One of several, with chances in proportion to their weights.
  package func choice(_ weights: [Double]) -> Int {
    guard let table = gsl_ran_discrete_preproc(weights.count, weights) else {
      preconditionFailure("Invariant: GSL has the memory for a table of a few weights")
    }
    defer { gsl_ran_discrete_free(table) }
    return gsl_ran_discrete(generator, table)
  }
}
