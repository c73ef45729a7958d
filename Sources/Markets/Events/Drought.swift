import Documents
import Lanes
import Randomness

/// A liquidity drought: spreads widen, depth and volume go, and the book refills slowly, while prices need not move.
///
/// Each factor acts as M^(θ·w̄) with the window's mean over the step; the half-life by which impact decays is multiplied
/// likewise. Resilience after large trades: Large (2007), Journal of Financial Markets 10(1), who finds that most of them
/// are not refilled at all.
package struct Drought: FactorEvent {
  /// The assets that it touches; empty for all.
  package let assets: [String]
  /// When it starts.
  package let start: EventStart
  /// How strongly it acts in time.
  package let window: EventWindow
  /// Factor of the half-spread at full strength.
  package let halfSpread: Draw
  /// Factor of the depth.
  package let depth: Draw
  /// Factor of the volume.
  package let volume: Draw
  /// Factor of the refill's half-life.
  package let refillHalfLife: Draw

  /// States a drought.
  package init(
    assets: [String] = [], start: EventStart, window: EventWindow, halfSpread: Draw = .fixed(1),
    depth: Draw = .fixed(1), volume: Draw = .fixed(1), refillHalfLife: Draw = .fixed(1)
  ) {
    self.assets = assets
    self.start = start
    self.window = window
    self.halfSpread = halfSpread
    self.depth = depth
    self.volume = volume
    self.refillHalfLife = refillHalfLife
  }

  /// The fields in documents.
  package static let form = ModelForm<Self>(
    ModelField("assets", .eventAssets, default: [], "the assets that it touches; all when left out"),
    ModelField(\.start, "when it starts: a time after t = 0, or a trigger"),
    ModelField(\.window, "window", "how strongly it acts in time"),
    ModelField(
      \.halfSpread, "halfSpread", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the half-spread"),
    ModelField(\.depth, "depth", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the depth"),
    ModelField(\.volume, "volume", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1), "of the volume"),
    ModelField(
      \.refillHalfLife, "refillHalfLife", .draw(.factor, in: .between(0.001, 1000)), default: .fixed(1),
      "of the half-life by which the book refills"),
    make: { (assets, start, window, halfSpread, depth, volume, refill) throws(FormViolation) in
      if [halfSpread, depth, volume, refill].allSatisfy({ $0.fixedValue == 1 }) {
        throw FormViolation(
          "a drought without a factor could not be seen: it needs halfSpread, depth, volume or refillHalfLife")
      }
      return Drought(
        assets: assets, start: start, window: window, halfSpread: halfSpread, depth: depth, volume: volume,
        refillHalfLife: refill)
    })

  package var changesPrices: Bool { false }

  package var factors: [Draw] { [halfSpread, depth, volume, refillHalfLife] }

  static func factors(_ drawn: DrawnParameters<Self>, groups: Int) -> ContiguousArray<EventFactors> {
    let (halfSpread, depth, volume) = (drawn.halfSpread, drawn.depth, drawn.volume)
    let refill = drawn.refillHalfLife
    return ContiguousArray(
      (0..<groups).map {
        EventFactors(
          halfSpread: log(halfSpread[$0]), depth: log(depth[$0]), volume: log(volume[$0]),
          refillHalfLife: log(refill[$0]))
      })
  }
}
