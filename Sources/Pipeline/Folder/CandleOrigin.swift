import Documents

/// Where candles come from: what makes two requests the same.
package struct CandleOrigin: Sendable, Hashable {
  /// The exchange, such as `binance`.
  package let exchange: String
  /// The address that was asked; another address of the same exchange is the same origin.
  package let address: String
  /// The market by the exchange's unified name, such as `BTC/USDT`.
  package let symbol: String
  /// The length of a bar as it is asked for, such as `1h`.
  package let step: String
  /// The same in milliseconds.
  package let stepMilliseconds: Int64
  /// What asked, such as `stresslab 0.1.0` or `ccxt 4.5.90`.
  package let tool: String

  /// An origin.
  package init(
    exchange: String, address: String, symbol: String, step: String, stepMilliseconds: Int64, tool: String
  ) {
    self.exchange = exchange
    self.address = address
    self.symbol = symbol
    self.step = step
    self.stepMilliseconds = stepMilliseconds
    self.tool = tool
  }

  /// In words: `binance BTC/USDT 1h`.
  package var words: String { "\(exchange) \(symbol) \(step)" }

  /// Whether candles of both may lie in one series.
  func isSameSeries(as other: CandleOrigin) -> Bool {
    (exchange, symbol, stepMilliseconds) == (other.exchange, other.symbol, other.stepMilliseconds)
  }

  static let form = Form(
    Field("exchange", .string, "the exchange"),
    Field("address", .string, "the address that was asked"),
    Field("symbol", .string, "the market"),
    Field("step", .string, "the length of a bar"),
    Field("stepMilliseconds", .integer(in: 1...Int(Int64.max)), "the same in milliseconds"),
    Field("tool", .string, "what asked"),
    make: {
      CandleOrigin(exchange: $0, address: $1, symbol: $2, step: $3, stepMilliseconds: Int64($4), tool: $5)
    })

  var json: JSONValue {
    [
      "exchange": .string(exchange), "address": .string(address), "symbol": .string(symbol), "step": .string(step),
      "stepMilliseconds": .integer(Int(stepMilliseconds)), "tool": .string(tool),
    ]
  }
}
