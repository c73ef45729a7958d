import Documents
import Lanes
import MarketData
import Randomness

/// Returns that can be predicted: a diffusion whose drift carries a signal x that returns to 0,
/// dP/P = (μ + x)dt + σdW, dx = −κx dt + σ_x dW', with dW·dW' = ρdt; sampled exactly.
///
/// The price runs on the clock of variance, the signal on trading time: it halves every `halfLife` of it, and stands still over
/// night, when the price still drifts by it. It starts in its stationary law, N(0, s²) with s² = σ_x²/2κ, at the first step
/// of the warm-up. Events multiply σ, not the signal. Inside a sub-step the price runs on a Brownian bridge between its ends:
/// the curvature of the drift there is neglected.
/// Source: T. S. Kim & E. Omberg (1996), Review of Financial Studies 9(1), equations 1 to 4, with μ + x for their premium.
package struct PredictableReturns: PriceProcess, VolatilityDrawn, Parametric {
  /// Drift μ of the price without the signal, 1/year.
  package let annualDrift: Draw
  /// Volatility σ of the log price, close to close, without what the signal adds, 1/√year.
  package let annualVolatility: Draw
  /// What the drift carries.
  package let signal: Signal

  /// A signal x in the drift.
  package struct Signal: Parametric {
    /// Who may see it.
    package enum Visibility: String, Sendable, Hashable, CaseIterable {
      /// Agents see it at every close, as the observation `signal`.
      case seen
      /// Nobody does: what can be known of it lies in the prices.
      case hidden
    }

    /// Stationary standard deviation s, 1/year; at least 0.
    package let deviation: Draw
    /// Half-life ln 2/κ, seconds of trading time; above 0.
    package let halfLife: Draw
    /// Correlation ρ of its innovations with those of the price, in −1…1.
    package let correlation: Draw
    /// Who may see it.
    package let visibility: Visibility
    /// Standard deviation of what is added to it at each close before it is shown, 1/year; at least 0.
    package let noise: Draw

    /// States a signal.
    package init(
      deviation: Draw, halfLife: Draw, correlation: Draw = .fixed(0), visibility: Visibility = .seen,
      noise: Draw = .fixed(0)
    ) {
      self.deviation = deviation
      self.halfLife = halfLife
      self.correlation = correlation
      self.visibility = visibility
      self.noise = noise
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(
        \.deviation, "deviation", .draw(.perYear, in: .between(0, 1000)), "stationary standard deviation of the signal"),
      ModelField(\.halfLife, "halfLife", .drawnDuration(in: .above(0)), "trading time in which it halves"),
      ModelField(
        \.correlation, "correlation", .draw(in: .between(-1, 1)), default: .fixed(0),
        "of its innovations with those of the price"),
      ModelField(
        "visibility", .word(Visibility.self), default: .seen,
        "whether agents see it, as the observation \"signal\", or nobody does"),
      ModelField(
        \.noise, "noise", .draw(.perYear, in: .between(0, 1000)), default: .fixed(0),
        "standard deviation of what is added to it before it is shown"),
      make: { (deviation, halfLife, correlation, visibility, noise) throws(FormViolation) in
        if visibility == .hidden, noise.fixedValue != 0 {
          throw FormViolation(field(\.noise), "belongs to a signal that is seen; this one is hidden")
        }
        return Signal(
          deviation: deviation, halfLife: halfLife, correlation: correlation, visibility: visibility, noise: noise)
      })
  }

  /// States the model.
  package init(annualDrift: Draw = .fixed(0), annualVolatility: Draw, signal: Signal) {
    self.annualDrift = annualDrift
    self.annualVolatility = annualVolatility
    self.signal = signal
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField(
      \.annualDrift, "annualDrift", .draw(.perYear, in: .between(-10, 10)), default: .fixed(0),
      "drift of the price without the signal"),
    ModelField(
      \.annualVolatility, "annualVolatility", .draw(.perSquareRootYear, in: .above(0, atMost: 20)),
      "volatility of the log price, close to close, without what the signal adds"),
    ModelField(\.signal, "signal", "what the drift carries, and who may see it"),
    make: { PredictableReturns(annualDrift: $0, annualVolatility: $1, signal: $2) })

  package var limits: [String] { [Limit.constantVolatility, strength] }

  /// How strong the signal is: the Sharpe ratio of the best that can be done with it at any leverage, where its numbers are
  /// fixed.
  private var strength: String {
    let moral = "no real market offers one like it for long"
    guard showsSignal else { return "Returns carry a signal that nobody sees, and that prices tell of: \(moral)." }
    guard let sharpe else { return "Returns are predictable by a signal that agents see: \(moral)." }
    return
      "Returns are predictable by a signal that agents see: without costs the best that can be done with it, at any "
      + "leverage, has a Sharpe ratio of \(sharpe) a year; \(moral)."
  }

  /// In short, where agents see the signal.
  package var caveat: String? {
    guard showsSignal else { return nil }
    let worth = sharpe.map { " worth a Sharpe ratio up to \($0) a year" } ?? " of its returns"
    return "agents see a signal\(worth), as in no real market"
  }

  /// Of the best that can be done with the signal, to one decimal; nil where a number of it is drawn, or it is seen with noise.
  private var sharpe: String? {
    guard let drift = annualDrift.fixedValue, let volatility = annualVolatility.fixedValue,
      let deviation = signal.deviation.fixedValue, signal.noise.fixedValue == 0
    else { return nil }
    let best = SignalOptimum(drift: drift, volatility: volatility, seen: deviation, leverage: Self.anyLeverage)
    return JSONWriter.number((best.sharpe * 10).rounded() / 10)
  }

  private static let anyLeverage = 1e9

  package var showsSignal: Bool { signal.visibility == .seen }

  /// A volatility that has a course over the day.
  package func violation(_ clock: Clock) -> FormViolation? {
    guard clock.varianceSpans.intraday.count > 1 else { return nil }
    return FormViolation(
      "signal",
      "the calendar's profile gives volatility a course over the day; a signal runs through steps that are all alike")
  }

  static let innovations = "signal/innovation"
  static let start = "signal/start"
  static let noise = "signal/noise"
  package var streamNames: [String] { [Self.innovations, Self.start, Self.noise] }

  package func makeState(_ site: ProcessSite) -> any ProcessState { PredictableReturnsState(self, site) }
}
