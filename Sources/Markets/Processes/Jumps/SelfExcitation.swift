import Lanes

/// The intensity of Hawkes' self-exciting jumps on one path, λ(t) = λ₀ + Σ α e^{−β(t − tᵢ)}, and its jumps by thinning in
/// continuous time: exact over any span.
///
/// Between jumps λ falls, so that λ at the last moment bounds it: a candidate comes after an exponential waiting time at that
/// rate, and is a jump with the probability by which λ has kept to it. Waiting times have no memory, so that a span may end and
/// the next begin anywhere.
/// Sources: A. G. Hawkes (1971), Biometrika 58(1); Y. Ogata (1981), IEEE Transactions on Information Theory 27(1).
package struct SelfExcitation: Sendable {
  /// λ₀, α and β, 1/year.
  package let base, jump, decay: Double
  /// λ − λ₀.
  package private(set) var excitement: Double

  /// An intensity with a mean Λ, of whose jumps each sets off n others in the mean.
  ///
  /// - Parameters:
  ///   - mean: Λ, 1/year; at least 0.
  ///   - branching: n, in 0 ..< 1.
  ///   - decay: β, 1/year; above 0.
  package init(mean: Double, branching: Double, decay: Double) {
    base = mean * (1 - branching)
    jump = branching * decay
    self.decay = decay
    excitement = mean * branching
  }

  /// An intensity that goes on from a state.
  init(base: Double, branching: Double, decay: Double, excitement: Double) {
    self.base = base
    jump = branching * decay
    self.decay = decay
    self.excitement = excitement
  }

  /// λ now.
  package var intensity: Double { base + excitement }

  /// Lets so many years pass.
  ///
  /// - Parameters:
  ///   - uniform: uniforms in (0, 1), two for each candidate.
  ///   - land: called with the time of each jump from the span's start.
  /// - Returns: ∫λ over the span.
  package mutating func pass(_ years: Double, uniform: () -> Double, land: (Double) -> Void) -> Double {
    var (time, integral) = (0.0, 0.0)
    while true {
      let bound = intensity
      let wait = bound > 0 ? -log(Lanes(uniform()))[0] / bound : .infinity
      guard time + wait < years else {
        integral += fade(years - time)
        return integral
      }
      integral += fade(wait)
      time += wait
      guard uniform() * bound <= intensity else { continue }
      excitement += jump
      land(time)
    }
  }

  /// Lets years without a jump pass; their ∫λ.
  private mutating func fade(_ years: Double) -> Double {
    let lost = -expm1(Lanes(-decay * years))[0]
    let integral = base * years + excitement * lost / decay
    excitement -= excitement * lost
    return integral
  }
}
