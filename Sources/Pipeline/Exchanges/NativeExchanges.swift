/// The exchanges that are asked without another program.
package enum NativeExchanges {
  /// Their names, in order.
  package static let names = ["binance", "coinbase", "kraken"]

  /// The source of bars of one; nil where it is none of them.
  ///
  /// - Parameters:
  ///   - address: where it is asked instead of its own place.
  ///   - timeout: seconds that it has for an answer.
  package static func source(
    _ name: String, at address: WebAddress?, sleeper: any Sleeper, timeout: Double
  ) -> (any CandleSource)? {
    switch name {
    case "binance": BinanceCandles(at: address, sleeper: sleeper, timeout: timeout)
    case "coinbase": CoinbaseCandles(at: address, sleeper: sleeper, timeout: timeout)
    case "kraken": KrakenCandles(at: address, sleeper: sleeper, timeout: timeout)
    default: nil
    }
  }
}
