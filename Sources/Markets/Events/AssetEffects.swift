import Lanes

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
