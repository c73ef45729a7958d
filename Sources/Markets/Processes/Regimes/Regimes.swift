import Documents
import Lanes
import MarketData
import Randomness

/// Regimes: a diffusion whose drift and volatility are those of the state that the market is in, a Markov chain in continuous time.
///
/// A state lasts an exponential time with the mean `meanDuration`, in trading time (it stands still over night, when the price
/// moves by the state of the close before), and is followed by others with their shares `next`. Over a sub-step the log price
/// moves by Σ(μ_s − ½m²σ_s²)τ_s + m√(Σσ_s²τ_s)·Z, with the time τ_s that was spent in each state and the events' multiplier m: however
/// often it switches in a sub-step, open and close have their exact law. So each state compensates itself, and where all have one
/// drift E[S_T] = S₀e^{μT}; else E[S_T] = S₀E[e^{∫μdt}]. Given the times, the price is a Brownian motion on a clock of its own, whose
/// extremes between open and close are those of the bridge; that its drift bends where states switch is left out there, and
/// orders inside a sub-step find its variance spread evenly.
/// Sources: J. D. Hamilton (1989), Econometrica 57(2); in continuous time X. Guo (2001), Quantitative Finance 1(1), equation 1.
package struct Regimes: PriceProcess, Parametric {
  /// The states by name, at least two.
  package let states: Named<State>
  /// The state at the first step of the warm-up; nil for one by the stationary law.
  package let start: String?
  /// `[state][next]`: with which share each follows.
  let shares: [[Double]]
  /// Shares of the states among all that are entered, in the long run; nil where they hang on the start.
  let entries: [Double]?

  /// What the market is like in one of its states.
  package struct State: Parametric {
    /// Drift μ of the price, 1/year.
    package let annualDrift: Draw
    /// Volatility σ of the log price, 1/√year.
    package let annualVolatility: Draw
    /// Mean time that it lasts, seconds of trading time; above 0.
    package let meanDuration: Draw
    /// With which share each of the others follows; all alike where none is named.
    package let next: Named<Double>

    /// States a state.
    package init(
      annualDrift: Draw = .fixed(0), annualVolatility: Draw, meanDuration: Draw, next: Named<Double> = [:]
    ) {
      self.annualDrift = annualDrift
      self.annualVolatility = annualVolatility
      self.meanDuration = meanDuration
      self.next = next
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(
        \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0),
        "drift of the price in this state"),
      ModelField(
        \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .between(0, 20)),
        "volatility of the log price in this state"),
      ModelField(
        \.meanDuration, "meanDuration", .drawnDuration(in: .above(0)), "mean trading time that it lasts"),
      ModelField(
        "next", .named(.number(.fraction, in: .between(0, 1)), names: .anything), default: Named(),
        "with which share each of the others follows; all alike when left out"),
      make: { State(annualDrift: $0, annualVolatility: $1, meanDuration: $2, next: $3) })
  }

  private static let counts = 2...16

  /// States the model; throws what is wrong with its states, all at once.
  package init(states: Named<State>, start: String? = nil) throws(FormViolation) {
    self.states = states
    self.start = start
    var violations: [FormViolation] = []
    if !Self.counts.contains(states.count) {
      violations.append(
        FormViolation(
          Self.field(\.states), "expected 2…16 states, found \(states.count)"))
    }
    for state in states { violations += Self.violations(of: state.value, state.name, among: states.names) }
    if let start, states[start] == nil {
      violations.append(FormViolation("start", Self.unknown(start, among: states.names)))
    }
    guard violations.isEmpty else { throw FormViolation(violations) }
    shares = states.map { state in
      states.names.map { name in
        if state.value.next.isEmpty { return name == state.name ? 0 : 1 / Double(states.count - 1) }
        return state.value.next[name] ?? 0
      }
    }
    entries = MarkovChain.stationary(shares)
    if start == nil, entries == nil {
      throw FormViolation(
        Self.field(\.states),
        "some of these states never lead to some others, so that the long run hangs on where it begins: \"start\" is needed"
      )
    }
  }

  /// What is wrong with one state.
  private static func violations(of state: State, _ name: String, among names: [String]) -> [FormViolation] {
    let place = "\(field(\.states))/\(JSONPointer.escape(name))/next"
    var violations = state.next.names.compactMap { other -> FormViolation? in
      let at = "\(place)/\(JSONPointer.escape(other))"
      if other == name {
        return FormViolation(at, "a state does not follow itself: \"meanDuration\" says how long it lasts")
      }
      return names.contains(other) ? nil : FormViolation(at, unknown(other, among: names))
    }
    let sum = state.next.values.reduce(0, +)
    if !state.next.isEmpty, !(abs(sum - 1) < 1e-9) {
      violations.append(
        FormViolation(place, "these shares add up to \(JSONWriter.number((sum * 1e9).rounded() / 1e9)), and must to 1"))
    }
    return violations
  }

  private static func unknown(_ name: String, among names: [String]) -> String {
    "no state named \(quoted(name)); known: \(names.joined(separator: ", "))"
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(\.states, "states", names: .new, count: counts, "what the market is like in each of its states"),
    ModelField(
      "start", .optional(.string), "the state at the first step of the warm-up; one by the stationary law when left out"
    ),
    make: { (states, start) throws(FormViolation) in try Regimes(states: states, start: start) })

  package var limits: [String] { [Limit.spreadsIgnoreVolatility] }
  /// Where one long run is common to all starts: over its mean the variance is told.
  package var hasUnexpectedVariance: Bool { entries != nil }

  /// By the stationary law of the medians; where there is more than one, by how long the states last.
  package var medianVolatility: Double {
    let times = zip(entries ?? states.map { _ in 1 }, states.values).map { $0 * $1.meanDuration.quantile(0.5) }
    let squares = zip(times, states.values).map { time, state in
      let volatility = state.annualVolatility.quantile(0.5)
      return time * volatility * volatility
    }
    return (squares.reduce(0, +) / times.reduce(0, +)).squareRoot()
  }

  /// What says when the first switch of a sub-step comes and where it leads; then those after it; then the start.
  static let switches = "regime/switch"
  static let others = "regime/others"
  static let beginning = "regime/start"
  package var streamNames: [String] { [Self.switches, Self.others, Self.beginning] }

  /// As geometric Brownian motion with the least and the most of its states.
  package func reach(horizonYears: Double, warmupYears: Double) -> PriceReach {
    let drifts = states.values.map(\.annualDrift.plausible)
    let low = drifts.map(\.lowerBound).min() ?? 0
    let high = drifts.map(\.upperBound).max() ?? 0
    return PriceReach(
      drift: low...high, volatility: states.values.map(\.annualVolatility.plausible.upperBound).max() ?? 0,
      horizonYears: horizonYears, warmupYears: warmupYears)
  }

  /// States so short that switches in a step are beyond counting.
  package func violation(_ clock: Clock) -> FormViolation? {
    let violations = states.compactMap { state -> FormViolation? in
      let shortest = state.value.meanDuration.plausible.lowerBound
      guard !(clock.stepSeconds / shortest <= Self.mostSwitches) else { return nil }
      return FormViolation(
        "\(Self.field(\.states))/\(JSONPointer.escape(state.name))/meanDuration",
        "it can be as short as \(TradingTime.text(seconds: shortest)), and a step of "
          + "\(TradingTime.text(seconds: clock.stepSeconds)) would have more than \(JSONWriter.number(Self.mostSwitches)) switches, "
          + "each of which is drawn: so short a state is part of the others' volatility")
    }
    return violations.isEmpty ? nil : FormViolation(violations)
  }

  /// Switches in a step.
  private static let mostSwitches = 1000.0

  package func makeState(_ site: ProcessSite) -> any ProcessState { RegimesState(self, site) }
}
