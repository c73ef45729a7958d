import Lanes

/// The prices at which the stops on a desk's positions stand, one a position: what risk rules place.
package struct StopPrices {
  private let groups: Int
  /// `[asset * groups + group]`; ±∞ on the far side of the market where no rule has placed one.
  private let prices: Records<Lanes>

  init(assets: Int, groups: Int) {
    self.groups = groups
    prices = Records(repeating: .zero, count: assets * groups)
  }

  func reset() { prices.fill(.zero) }

  /// The price of the stop on the position at `[asset * groups + group]`, in quote currency.
  @inline(__always)
  subscript(index: Int) -> Lanes { prices[index] }

  /// Takes the stop on a position away, so that rules can place it anew.
  @inline(__always)
  func clear(_ position: Position, asset: Int, group: Int) {
    prices[asset * groups + group] = select(position.quantity .> 0, -Lanes.infinity, .infinity)
  }

  /// Places a stop on a position: under the market for a long one, over it for a short one. Of several rules' stops the
  /// one nearest to the market stands.
  ///
  /// - Parameter price: in quote currency.
  package func place(at price: Lanes, on position: Position, asset: Int, group: Int) {
    let index = asset * groups + group
    prices[index] = select(position.quantity .> 0, max(prices[index], price), min(prices[index], price))
  }
}
