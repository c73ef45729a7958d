import Documents
import Pipeline

/// Bars to be collected from an exchange.
struct CollectionOrder: WorkOrder {
  let exchange: String
  let market: String
  let step: String
  let from: String
  let to: String?
  let priority: Int

  static let form = Form(
    Field("exchange", .string, "binance, coinbase, kraken, or ccxt:NAME"),
    Field("market", .string, "such as BTC/USDT"),
    Field("step", .string, "how long a bar lasts, such as 1h"),
    Field("from", .string, "the first day, such as 2020-01-01"),
    Field("to", .optional(.string), "the last day; now unless given"),
    .priority, make: Self.init)

  static let example: JSONValue = [
    "exchange": "kraken", "market": "BTC/USD", "step": "1h", "from": "2026-01-01",
  ]

  func order(_ context: ServerContext) throws -> JobOrder {
    for (name, value) in [
      ("exchange", exchange), ("market", market), ("step", step), ("from", from), ("to", to ?? "now"),
    ]
    where value.hasPrefix("-") || value.utf8.contains(0) || value.utf8.count > 200 {
      throw Failure(.unprocessableContent, "refused", "\(name): \(quoted(value)) is none")
    }
    let arguments =
      ["collect", exchange, market, step, "--from", from] + Self.option("to", to) + ["--quiet"]
    return JobOrder(
      .collection, title: "\(exchange) \(market) \(step)",
      output: DatasetName(exchange: exchange, market: market, step: step).map { "data/raw/\($0)" },
      arguments: arguments, priority: priority)
  }
}
