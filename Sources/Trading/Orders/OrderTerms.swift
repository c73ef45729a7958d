import Lanes

/// How an agent wants an order worked. A new kind of order is its file, beside `MarketOrder.swift`, and its case here.
@frozen
package enum OrderTerms: Sendable {
  /// Fills when it arrives.
  case market
  /// Waits for the price to move against it as far as a trigger, in quote currency.
  case stop(at: Lanes)
  /// Trades at a limit or better, in quote currency, and waits for it.
  case limit(at: Lanes)

  /// Whether such an order waits for a price.
  var waits: Bool {
    switch self {
    case .market: false
    case .stop, .limit: true
    }
  }

  /// The order of these terms.
  @inline(__always)
  func order(_ quantity: Lanes, decidedAt price: Lanes) -> Order {
    switch self {
    case .market: .market(quantity, decidedAt: price)
    case .stop(let trigger): .stop(quantity, at: trigger)
    case .limit(let limit): .limit(quantity, at: limit, decidedAt: price)
    }
  }
}
