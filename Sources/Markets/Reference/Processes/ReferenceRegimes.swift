import Randomness

/// A diffusion whose drift and volatility are those of the state that the market is in; states last exponential times.
struct ReferenceRegimes: ReferenceProcess {
  /// What the market is like in a state: μ, σ, and how many sub-steps it lasts in the mean.
  struct State { let drift, volatility, duration: Double }

  let states: [State]
  /// `[state][next]`.
  let shares: [[Double]]
  /// The first; nil for one by the stationary law.
  let start: Int?
  /// Shares of the states among all that are entered.
  let entries: [Double]?
  private var state = 0

  init(states: [State], shares: [[Double]], start: Int?, entries: [Double]?) {
    self.states = states
    self.shares = shares
    self.start = start
    self.entries = entries
  }

  mutating func begin(_ generator: GSLGenerator) {
    state = start ?? generator.choice(zip(entries ?? states.map { _ in 1 }, states).map { $0 * $1.duration })
  }

  /// σ² over its mean in the long run.
  var unexpectedVariance: Double {
    let weights = zip(entries ?? states.map { _ in 0 }, states).map { $0 * $1.duration }
    let sum = zip(weights, states).reduce(0) { $0 + $1.0 * $1.1.volatility * $1.1.volatility }
    let now = states[state].volatility
    return sum > 0 ? now * now * weights.reduce(0, +) / sum : 1
  }

  mutating func step(
    _ time: VarianceTime, _ normals: ReferenceNormals, _ stress: ReferenceStress, _ generator: GSLGenerator
  ) -> ReferenceMove {
    var night = ReferenceDiffusion(drift: states[state].drift, volatility: states[state].volatility)
    let before = VarianceTime(
      substep: time.substep, gapYears: time.gapYears, intradayYears: 0, startYears: time.startYears)
    var move = night.step(before, normals, stress, generator)
    // ∫μdt and ∫σ²dt.
    var (left, drift, variance) = (1.0, 0.0, 0.0)
    while left > 0 {
      let now = states[state]
      let wait = generator.exponential(mean: now.duration)
      let span = min(wait, left) * time.intradayYears
      drift += now.drift * span
      variance += now.volatility * now.volatility * span
      if wait < left { state = generator.choice(shares[state]) }
      left -= wait
    }
    variance *= stress.intraday * stress.intraday
    move.deviation = variance.squareRoot()
    move.move = drift - variance / 2 + move.deviation * normals.diffusion
    return move
  }
}

extension Regimes: ReferenceDrawn {
  func makeReference(_ site: ReferenceSite) -> any ReferenceSource {
    let (shares, entries, seconds) = (shares, entries, site.process.substepSeconds)
    let first = start.flatMap { name in states.names.firstIndex(of: name) }
    return ReferenceParameters(self, site) { drawn, group, lane in
      ReferenceRegimes(
        states: drawn.states.values.map { state in
          ReferenceRegimes.State(
            drift: state.annualDrift[group][lane], volatility: state.annualVolatility[group][lane],
            duration: state.meanDuration[group][lane] / seconds)
        }, shares: shares, start: first, entries: entries)
    }
  }
}
