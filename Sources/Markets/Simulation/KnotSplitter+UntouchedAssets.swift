import Lanes

// Assets that no event touches, whose bars stay as they are to the last bit while those of others are split.

extension KnotSplitter {
  /// Whether events move an asset on one path, at any of the moments that matter to a part.
  func isTouched(_ asset: Int, _ lane: Int, _ effect: EventEffect) -> Bool {
    effect.openOffset[lane] != 0 || effect.closeOffset[lane] != 0
      || inside[lane].contains { offsets[knots[$0].offset + asset][lane] != 0 }
  }

  /// Takes the extremes of an asset that no event touches to where its bar has them.
  func keep(
    _ held: (low: Double, high: Double), _ asset: Int, _ lane: Int, _ group: Int, _ first: Int, _ legs: inout StepLegs
  ) {
    var lowest = (leg: first, price: Double.infinity)
    var highest = (leg: first, price: -Double.infinity)
    for leg in first...first + inside[lane].count {
      var prices = legs.prices(leg: leg, asset: asset, group: group)
      if prices.low[lane] < lowest.price { lowest = (leg, prices.low[lane]) }
      if prices.high[lane] > highest.price { highest = (leg, prices.high[lane]) }
      prices.low[lane] = max(prices.low[lane], held.low)
      prices.high[lane] = min(prices.high[lane], held.high)
      legs.set(leg, asset: asset, group: group, prices)
    }
    var prices = legs.prices(leg: lowest.leg, asset: asset, group: group)
    prices.low[lane] = held.low
    legs.set(lowest.leg, asset: asset, group: group, prices)
    prices = legs.prices(leg: highest.leg, asset: asset, group: group)
    prices.high[lane] = held.high
    legs.set(highest.leg, asset: asset, group: group, prices)
  }
}
