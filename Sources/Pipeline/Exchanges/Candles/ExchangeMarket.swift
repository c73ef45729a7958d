/// What is traded at an exchange.
package struct ExchangeMarket: Sendable, Hashable {
  /// As people write it: `BTC/USDT`.
  package let symbol: String
  /// As the exchange asks for it: `BTCUSDT`, `XXBTZUSD`, `BTC-USD`.
  package let id: String

  /// A market by both names.
  package init(symbol: String, id: String) {
    self.symbol = symbol
    self.id = id
  }
}
