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
/// Source: `science.md` 2.2; severity by `design.md` 8.7.
package struct FlashCrash: MarketEvent {
  /// How the fall goes.
  package struct Fall: Sendable {
    /// Time τ_f from start to trough, seconds of trading time; above 0.
    package let duration: Draw
    /// Exponent q; above 0. 1 is a line in log price, above 1 accelerates, below 1 starts fast.
    package let shape: Draw

    /// States a fall.
    package init(duration: Draw, shape: Draw = .fixed(1)) {
      self.duration = duration
      self.shape = shape
    }
  }

  /// How it comes back.
  package struct Recovery: Sendable {
    /// Fraction R of the fall in price that comes back, at severity 1; 0…1.1.
    package let fraction: Draw
    /// Half-life h of what has not come back yet, seconds of trading time; above 0.
    package let halfLife: Draw

    /// States a recovery.
    package init(fraction: Draw, halfLife: Draw) {
      self.fraction = fraction
      self.halfLife = halfLife
    }
  }

  /// How another asset catches it.
  package struct Contagion: Sendable {
    /// Offset of the other asset's log price over that of the first.
    package let beta: Draw
    /// How much later, seconds of trading time; at least 0.
    package let lag: Draw

    /// States a contagion.
    package init(beta: Draw, lag: Draw = .fixed(0)) {
      self.beta = beta
      self.lag = lag
    }
  }

  /// What is multiplied while it lasts; all above 0.
  package struct Multipliers: Sendable {
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
  }

  /// The asset that falls first.
  package let asset: String
  /// When it starts, seconds of trading time after t = 0.
  package let start: Draw
  /// Depth D of the fall as a fraction of price, at severity 1; in 0…1, below 1.
  package let drop: Draw
  /// How it falls.
  package let fall: Fall
  /// How it comes back.
  package let recovery: Recovery
  /// The assets that catch it, by name.
  package let contagion: [String: Contagion]
  /// What is multiplied while it lasts; nil for nothing.
  package let multipliers: Multipliers?

  /// States the event.
  package init(
    asset: String, start: Draw, drop: Draw, fall: Fall, recovery: Recovery, contagion: [String: Contagion] = [:],
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

  package var touchedAssets: [String] { [asset] + contagion.keys.sorted() }

  package func makeState(_ site: EventSite) -> any EventState { FlashCrashState(self, site) }

  /// The parameters by their names below the event.
  var draws: [(name: String, draw: Draw)] {
    var draws = [
      ("start", start), ("drop", drop), ("fall/duration", fall.duration), ("fall/shape", fall.shape),
      ("recovery/fraction", recovery.fraction), ("recovery/halfLife", recovery.halfLife),
    ]
    for (name, asset) in contagion.sorted(by: { $0.key < $1.key }) {
      draws += [("contagion/\(name)/beta", asset.beta), ("contagion/\(name)/lag", asset.lag)]
    }
    if let multipliers {
      draws += [
        ("multipliers/volatility", multipliers.volatility), ("multipliers/halfSpread", multipliers.halfSpread),
        ("multipliers/depth", multipliers.depth), ("multipliers/volume", multipliers.volume),
        ("multipliers/halfLife", multipliers.halfLife),
      ]
    }
    return draws
  }

  package func streamNames(event: String) -> [String] {
    draws.map { "event/\(event)/\($0.name)" } + touchedAssets.map { "event/\(event)/knot/\($0)" }
  }

  package func violations(in setting: EventSetting) -> [FieldComplaint] {
    var complaints: [FieldComplaint] = []
    if start.lowerBound < 0 {
      complaints.append(FieldComplaint(field: "start", message: "starts before t = 0, in the warm-up"))
    }
    if start.lowerBound >= setting.lengthSeconds {
      complaints.append(
        FieldComplaint(
          field: "start",
          message: "starts after the horizon: at \(TradingTime.text(seconds: start.lowerBound)) at the earliest, while "
            + "the scenario ends at \(TradingTime.text(seconds: setting.lengthSeconds))"))
    }
    if !setting.splitsSteps {
      for (field, draw) in [("fall/duration", fall.duration), ("recovery/halfLife", recovery.halfLife)]
      where draw.lowerBound < setting.stepSeconds {
        complaints.append(
          FieldComplaint(
            field: field,
            message: "\(TradingTime.text(seconds: draw.lowerBound)) is shorter than a step of "
              + "\(TradingTime.text(seconds: setting.stepSeconds)): between two recorded closes it would vanish"))
      }
    }
    return complaints
  }
}
