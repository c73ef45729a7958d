import Lanes

/// What all events together do to one asset in one step: log offsets that add and multipliers that multiply.
@frozen @usableFromInline
package struct EventEffect: Sendable, Equatable {
  /// Offset of the log price at the open: that at the last close.
  @usableFromInline package var openOffset: Lanes
  /// Offset of the log price when orders arrive.
  @usableFromInline package var arrivalOffset: Lanes
  /// Offset of the log price at the close.
  @usableFromInline package var closeOffset: Lanes
  /// Factor of the volatility across the gap before the open: that of the step before, since a gap lies before
  /// everything that starts in its step; above 0.
  @usableFromInline package var gapVolatility: Lanes
  /// Factor of the diffusion's volatility over the step; above 0.
  @usableFromInline package var volatility: Lanes
  /// Factor of the half-spread over the step; above 0.
  @usableFromInline package var halfSpread: Lanes
  /// Factor of the depth over the step; above 0.
  @usableFromInline package var depth: Lanes
  /// Factor of the volume over the step; above 0.
  @usableFromInline package var volume: Lanes

  /// No event: offsets exactly 0, factors exactly 1.
  @inlinable @inline(__always)
  package static var none: EventEffect {
    EventEffect(
      openOffset: .zero, arrivalOffset: .zero, closeOffset: .zero, gapVolatility: .one, volatility: .one,
      halfSpread: .one, depth: .one, volume: .one)
  }

  /// States an effect.
  @inlinable @inline(__always)
  package init(
    openOffset: Lanes, arrivalOffset: Lanes, closeOffset: Lanes, gapVolatility: Lanes, volatility: Lanes,
    halfSpread: Lanes, depth: Lanes, volume: Lanes
  ) {
    self.openOffset = openOffset
    self.arrivalOffset = arrivalOffset
    self.closeOffset = closeOffset
    self.gapVolatility = gapVolatility
    self.volatility = volatility
    self.halfSpread = halfSpread
    self.depth = depth
    self.volume = volume
  }
}

/// What events do to one asset on the paths of a tile, step by step.
///
/// Events add themselves in the order of their names. Once an event has touched the asset on any path of the tile the
/// effect stays active, since a price seldom comes back to where it was.
package struct AssetEffects {
  /// The sums and products, by lane group.
  package var values: ContiguousArray<EventEffect>
  /// Whether any event has touched the asset on any of the tile's paths since t = 0.
  private(set) var isActive = false

  private let ordersArriveAtOpen: Bool

  /// No effects yet.
  ///
  /// - Parameter arrivalFraction: of a step, after which orders arrive; at 0 the offset there is that at the open, and
  ///   events add none of their own.
  init(groups: Int, arrivalFraction: Double) {
    values = ContiguousArray(repeating: .none, count: groups)
    ordersArriveAtOpen = arrivalFraction == 0
  }

  /// Starts new paths.
  mutating func reset() {
    guard isActive else { return }
    isActive = false
    for group in values.indices { values[group] = .none }
  }

  /// Starts a step: what was the offset at the close is now that at the open, and nothing was added yet.
  mutating func beginStep() {
    guard isActive else { return }
    for group in values.indices {
      var effect = EventEffect.none
      effect.openOffset = values[group].closeOffset
      effect.gapVolatility = values[group].volatility
      if ordersArriveAtOpen { effect.arrivalOffset = effect.openOffset }
      values[group] = effect
    }
  }

  /// Says that an event touches the asset from this step on.
  mutating func activate() { isActive = true }
}
