import Documents
import Lanes
import Randomness

/// A flash crash with partial recovery: a fall by D within τ_f, after which a fraction R of it comes back with a
/// half-life h, while volatility, spread, depth and volume of the touched assets are multiplied.
///
/// With u = (t − T₀)/τ_f and ℓ = θ·ln(1 − D) the log offset is ℓu^q in the fall and ℓ(1 − ρ(1 − 2^{−(t − T₀ − τ_f)/h}))
/// after it; ρ = 1 − ln(1 − D(1 − R))/ln(1 − D) turns the recovered fraction of price at θ = 1 into one of log price. The
/// window of the multipliers rises as u^q and halves every `multipliers/halfLife`; over a step a multiplier is
/// M^(θ·w̄) with the window's mean w̄ over the step, so nothing shorter than a step vanishes. An asset that catches it
/// gets beta times the offset, and the same window, a lag later. The base market's own noise stays on: the realised low
/// is not the offset's. The event's window, for the split of cost, ends four of the longer half-lives after the trough.
/// The model and what severity does to it stand in docs/definitions.md.
package struct FlashCrash: MarketEvent, Parametric {
  /// How the fall goes.
  package struct Fall: Parametric {
    /// Time τ_f from start to trough, seconds of trading time; above 0.
    package let duration: Draw
    /// Exponent q; above 0. 1 is a line in log price, above 1 accelerates, below 1 starts fast.
    package let shape: Draw

    /// States a fall.
    package init(duration: Draw, shape: Draw = .fixed(1)) {
      self.duration = duration
      self.shape = shape
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(\.duration, "duration", .drawnDuration(in: .above(0)), "from the start to the trough"),
      ModelField(
        \.shape, "shape", .draw(in: .between(0.05, 20)), default: .fixed(1),
        "exponent of the fall: 1 is a line in log price, above 1 accelerates, below 1 starts fast"),
      make: { Fall(duration: $0, shape: $1) })
  }

  /// How it comes back.
  package struct Recovery: Parametric {
    /// Fraction R of the fall in price that comes back, at severity 1; 0…1.1.
    package let fraction: Draw
    /// Half-life h of what has not come back yet, seconds of trading time; above 0.
    package let halfLife: Draw

    /// States a recovery.
    package init(fraction: Draw, halfLife: Draw) {
      self.fraction = fraction
      self.halfLife = halfLife
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(
        \.fraction, "fraction", .draw(.fraction, in: .between(0, 1.1)), "part of the lost price that comes back"),
      ModelField(\.halfLife, "halfLife", .drawnDuration(in: .above(0)), "half-life of what has not come back yet"),
      make: { Recovery(fraction: $0, halfLife: $1) })
  }

  /// How another asset catches it.
  package struct Contagion: Parametric {
    /// Offset of the other asset's log price over that of the first.
    package let beta: Draw
    /// How much later, seconds of trading time; at least 0.
    package let lag: Draw

    /// States a contagion.
    package init(beta: Draw, lag: Draw = .fixed(0)) {
      self.beta = beta
      self.lag = lag
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(
        \.beta, "beta", .draw(.factor, in: .between(-10, 10)), "offset of the log price over that of the first asset"),
      ModelField(\.lag, "lag", .drawnDuration(), default: .fixed(0), "how much later"),
      make: { Contagion(beta: $0, lag: $1) })
  }

  /// What is multiplied while it lasts; all above 0.
  package struct Multipliers: Parametric {
    /// Factor of the diffusion's volatility at the trough.
    package let volatility: Draw
    /// Factor of the half-spread at the trough.
    package let halfSpread: Draw
    /// Factor of the depth at the trough.
    package let depth: Draw
    /// Factor of the volume at the trough.
    package let volume: Draw
    /// Half-life of the multipliers' window after the trough, seconds of trading time.
    package let halfLife: Draw

    /// States multipliers; none by default.
    package init(
      volatility: Draw = .fixed(1), halfSpread: Draw = .fixed(1), depth: Draw = .fixed(1), volume: Draw = .fixed(1),
      halfLife: Draw
    ) {
      self.volatility = volatility
      self.halfSpread = halfSpread
      self.depth = depth
      self.volume = volume
      self.halfLife = halfLife
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(
        \.volatility, "volatility", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the volatility"),
      ModelField(
        \.halfSpread, "halfSpread", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the half-spread"),
      ModelField(\.depth, "depth", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the depth"),
      ModelField(\.volume, "volume", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the volume"),
      ModelField(\.halfLife, "halfLife", .drawnDuration(in: .above(0)), "half-life after the trough"),
      make: { Multipliers(volatility: $0, halfSpread: $1, depth: $2, volume: $3, halfLife: $4) })
  }

  /// The asset that falls first.
  package let asset: String
  /// When it starts.
  package let start: EventStart
  /// Depth D of the fall as a fraction of price, at severity 1; in 0…1, below 1.
  package let drop: Draw
  /// How it falls.
  package let fall: Fall
  /// How it comes back.
  package let recovery: Recovery
  /// The assets that catch it, by name.
  package let contagion: Named<Contagion>
  /// What is multiplied while it lasts; nil for nothing.
  package let multipliers: Multipliers?

  /// States the event.
  package init(
    asset: String, start: EventStart, drop: Draw, fall: Fall, recovery: Recovery, contagion: Named<Contagion> = Named(),
    multipliers: Multipliers? = nil
  ) {
    self.asset = asset
    self.start = start
    self.drop = drop
    self.fall = fall
    self.recovery = recovery
    self.contagion = contagion
    self.multipliers = multipliers
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("asset", .reference(to: "asset"), "the asset that falls first"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.drop, "drop", .draw(.fractionOfPrice, in: .atLeast(0, below: 1)), "depth of the fall at severity 1"),
    ModelField(\.fall, "fall", "how it falls"),
    ModelField(\.recovery, "recovery", "how it comes back"),
    ModelField(\.contagion, "contagion", names: .of("asset"), "the assets that catch it"),
    ModelField(\.multipliers, "multipliers", "what is multiplied while it lasts, at severity 1"),
    make: { (asset, start, drop, fall, recovery, contagion, multipliers) throws(FormViolation) in
      if contagion.names.contains(asset) {
        throw FormViolation(
          "\(field(\.contagion))/\(JSONPointer.escape(asset))", "\(quoted(asset)) is the asset that falls first")
      }
      return FlashCrash(
        asset: asset, start: start, drop: drop, fall: fall, recovery: recovery, contagion: contagion,
        multipliers: multipliers)
    })

  /// The asset that falls first, then those that catch it, by name.
  package func touchedAssets(of assets: [String]) -> [String] { [asset] + contagion.names }

  package func makeState(_ site: EventSite) -> any EventState { FlashCrashState(self, site) }

  /// θ times |ln(1 − D)| and what comes back beyond the start, at the largest of its betas; θ times |ln M|.
  package func reach(of asset: String, severity: Double) -> EventReach {
    let fall = -log1p(Lanes(-min(drop.plausible.upperBound, 1 - 0x1p-53)))[0]
    var beta = 1.0
    if let caught = contagion[asset] {
      beta = max(abs(caught.beta.plausible.lowerBound), abs(caught.beta.plausible.upperBound))
    }
    let factors = multipliers.map { [$0.volatility, $0.halfSpread, $0.depth, $0.volume] } ?? []
    let logs = factors.flatMap { [$0.plausible.lowerBound, $0.plausible.upperBound] }.map { abs(log(Lanes($0))[0]) }
    return EventReach(offset: severity * beta * (fall + 0.1), factor: severity * (logs.max() ?? 0))
  }

  /// The trough of each asset that it touches.
  package var knotNames: [String] { [asset] + contagion.names }

  /// On recorded bars a fall or recovery that can be shorter than a step.
  package func violations(in setting: EventSetting) -> [FormViolation] {
    guard !setting.splitsSteps else { return [] }
    var violations: [FormViolation] = []
    let text = { TradingTime.text(seconds: $0) }
    let durations = [
      ("\(Self.field(\.fall))/\(Fall.field(\.duration))", fall.duration),
      ("\(Self.field(\.recovery))/\(Recovery.field(\.halfLife))", recovery.halfLife),
    ]
    for (field, draw) in durations
    where draw.lowerBound < setting.stepSeconds {
      violations.append(
        FormViolation(
          field,
          "can be \(text(draw.lowerBound)), shorter than a step of \(text(setting.stepSeconds)): between two recorded "
            + "closes it would vanish"))
    }
    return violations
  }
}
