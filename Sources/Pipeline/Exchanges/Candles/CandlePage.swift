/// What an exchange answers when it is asked for bars.
package struct CandlePage: Sendable, Hashable {
  /// The bars as they came, in the order of time where the exchange keeps it.
  package let candles: [Candle]
  /// What the exchange's clock says, milliseconds since 1970 UTC; nil where it says nothing.
  package let exchangeTime: Int64?

  /// An answer.
  package init(_ candles: [Candle], exchangeTime: Int64? = nil) {
    self.candles = candles
    self.exchangeTime = exchangeTime
  }
}
