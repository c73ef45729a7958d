import Documents
import MarketData

/// Bars of Coinbase Exchange: `/products/ID/candles`, three hundred at a time, newest first, low and high before open.
package struct CoinbaseCandles: CandleSource {
  package let exchange = "coinbase"
  package let tool = "native"
  package let steps = [CandleStep](named: ["1m", "5m", "15m", "1h", "6h", "1d"])
  package let pageLimit = 300
  package let outside = OutsideRows.refused
  private let requests: ExchangeRequests

  /// Coinbase at its own address, or at another.
  package init(at address: WebAddress? = nil, sleeper: any Sleeper, timeout: Double = 30) {
    requests = ExchangeRequests(
      address ?? WebAddress(known: "https://api.exchange.coinbase.com"), spacing: 0.1, sleeper: sleeper,
      timeout: timeout)
  }

  package var address: String { requests.address.description }

  package func market(_ symbol: String) throws(ExchangeFault) -> ExchangeMarket {
    guard let products = try answer("/products", []).root.elements else {
      throw .passing("sends a list of markets without markets")
    }
    let markets = products.compactMap { product -> ExchangeMarket? in
      guard let id = product["id"]?.string, let base = product["base_currency"]?.string,
        let quote = product["quote_currency"]?.string
      else { return nil }
      return ExchangeMarket(symbol: "\(base)/\(quote)", id: id)
    }
    if let market = markets.first(where: { $0.symbol == symbol }) { return market }
    throw .unknownSymbol(symbol, nearest: Suggestion.hint(for: symbol, among: markets.map(\.symbol)))
  }

  package func page(
    _ market: ExchangeMarket, _ step: CandleStep, _ range: Range<Int64>
  ) throws(ExchangeFault) -> CandlePage {
    // The end is a bar that is wanted too.
    let (root, reply) = try answer(
      "/products/\(WebAddress.pathPart(market.id))/candles",
      [
        ("granularity", "\(step.seconds)"), ("start", CandleChecks.text(range.lowerBound)),
        ("end", CandleChecks.text(step.open(of: range.upperBound - 1))),
      ])
    guard let rows = root.elements else { throw .passing("sends something other than a list of bars") }
    var candles: [Candle] = []
    candles.reserveCapacity(rows.count)
    for row in rows.reversed() {
      guard let fields = row.elements, fields.count >= 6, let seconds = fields[0].integer,
        (0...9_999_999_999).contains(seconds), let low = fields[1].decimal, let high = fields[2].decimal,
        let open = fields[3].decimal, let close = fields[4].decimal, let volume = fields[5].decimal
      else { throw .untrue("gave a bar that has not the fields of one") }
      candles.append(Candle(time: seconds * 1000, open: open, high: high, low: low, close: close, volume: volume))
    }
    return CandlePage(candles, exchangeTime: reply.date)
  }

  private func answer(
    _ path: String, _ query: [(String, String)]
  ) throws(ExchangeFault) -> (root: Node, reply: HTTPReply) {
    let reply = try requests.get(path, query)
    guard reply.status == 200 else {
      let words = (try? ExchangeRequests.json(reply))?["message"]?.string
      if reply.status == 404, words == "NotFound" { throw .unknownSymbol("", nearest: "") }
      throw ExchangeRequests.refusal(reply, words)
    }
    let root = try ExchangeRequests.json(reply)
    if let words = root["message"]?.string {
      guard words.lowercased().contains("rate limit") else { throw .lasting("refuses the request: \(quoted(words))") }
      throw .passing("is asked too often (\(quoted(words)))", wait: .longer)
    }
    return (root, reply)
  }
}
