import Documents
import Randomness

// How a flash crash falls, comes back, and what it multiplies.

extension FlashCrash {
  /// How the price falls, or climbs.
  package struct Fall: Parametric {
    /// Time τ_f from start to trough or peak, seconds of trading time; above 0.
    package let duration: Draw
    /// Exponent q; above 0. 1 is a line in log price, or in money, above 1 accelerates, below 1 starts fast.
    package let shape: Draw

    /// States a fall.
    package init(duration: Draw, shape: Draw = .fixed(1)) {
      self.duration = duration
      self.shape = shape
    }

    /// The fields in documents.
    package static let form = ModelForm<Self>(
      ModelField(\.duration, "duration", .drawnDuration(in: .above(0)), "from the start to the trough or peak"),
      ModelField(
        \.shape, "shape", .draw(in: .between(0.05, 20)), default: .fixed(1),
        "exponent of the way there: 1 is a line in what the event counts in, above 1 accelerates, below 1 starts fast"),
      make: { Fall(duration: $0, shape: $1) })
  }

  /// How it comes back.
  package struct Recovery: Parametric {
    /// Fraction R of the move in price that goes back, at severity 1; 0…1.1.
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
        \.fraction, "fraction", .draw(.fraction, in: .between(0, 1.1)), "part of the price move that goes back"),
      ModelField(\.halfLife, "halfLife", .drawnDuration(in: .above(0)), "half-life of what has not come back yet"),
      make: { Recovery(fraction: $0, halfLife: $1) })
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
}
