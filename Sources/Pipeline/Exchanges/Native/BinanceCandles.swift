import Documents
import MarketData

/// Bars of Binance's spot market: `/api/v3/klines`, a thousand at a time.
package struct BinanceCandles: CandleSource {
  package let exchange = "binance"
  package let tool = "native"
  package let steps = [CandleStep](
    named: ["1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"])
  package let pageLimit = 1000
  package let outside = OutsideRows.refused
  /// What may be asked for in a minute, in its weights (2 for a page of bars).
  private static let weightPerMinute = 6000
  private let requests: ExchangeRequests

  /// Binance at its own address, or at another.
  package init(at address: WebAddress? = nil, sleeper: any Sleeper, timeout: Double = 30) {
    requests = ExchangeRequests(
      address ?? WebAddress(known: "https://api.binance.com"), spacing: 0.05, sleeper: sleeper, timeout: timeout)
  }

  package var address: String { requests.address.description }

  package func market(_ symbol: String) throws(ExchangeFault) -> ExchangeMarket {
    let id = symbol.split(separator: "/").joined()
    // The list of all is large: it is asked for only where there is no such market.
    if symbol.split(separator: "/").count == 2, !id.isEmpty {
      do throws(ExchangeFault) {
        let found = try markets([("symbol", id)])
        if let market = found.first(where: { $0.symbol == symbol }) { return market }
      } catch .unknownSymbol {}
    }
    let all = try markets([])
    if let market = all.first(where: { $0.symbol == symbol }) { return market }
    throw .unknownSymbol(symbol, nearest: Suggestion.hint(for: symbol, among: all.map(\.symbol)))
  }

  private func markets(_ query: [(String, String)]) throws(ExchangeFault) -> [ExchangeMarket] {
    let root = try answer("/api/v3/exchangeInfo", query).root
    guard let symbols = root["symbols"]?.elements else {
      throw .passing("sends a list of markets without markets")
    }
    return symbols.compactMap { entry in
      guard let id = entry["symbol"]?.string, let base = entry["baseAsset"]?.string,
        let quote = entry["quoteAsset"]?.string
      else { return nil }
      return ExchangeMarket(symbol: "\(base)/\(quote)", id: id)
    }
  }

  package func page(
    _ market: ExchangeMarket, _ step: CandleStep, _ range: Range<Int64>
  ) throws(ExchangeFault) -> CandlePage {
    try candles(market, step, range, limit: pageLimit)
  }

  package func earliest(
    _ market: ExchangeMarket, _ step: CandleStep, in range: Range<Int64>, attempt: Attempt
  ) throws(ExchangeFault) -> Int64? {
    // It begins with the first bar that there is.
    try attempt { () throws(ExchangeFault) in try candles(market, step, range, limit: 1) }.candles.first?.time
  }

  private func candles(
    _ market: ExchangeMarket, _ step: CandleStep, _ range: Range<Int64>, limit: Int
  ) throws(ExchangeFault) -> CandlePage {
    let (root, reply) = try answer(
      "/api/v3/klines",
      [
        ("symbol", market.id), ("interval", "\(step)"), ("startTime", "\(range.lowerBound)"),
        ("endTime", "\(range.upperBound - 1)"), ("limit", "\(limit)"),
      ])
    guard let rows = root.elements else { throw .passing("sends something other than a list of bars") }
    var candles: [Candle] = []
    candles.reserveCapacity(rows.count)
    for row in rows {
      guard let fields = row.elements, fields.count >= 7, let time = fields[0].integer, let close = fields[6].integer,
        let open = fields[1].decimal, let high = fields[2].decimal, let low = fields[3].decimal,
        let last = fields[4].decimal, let volume = fields[5].decimal
      else { throw .untrue("gave a bar that has not the fields of one") }
      guard close == time + step.milliseconds - 1 else {
        throw .untrue(
          "gave a bar at \(CandleChecks.text(time)) that ends at \(CandleChecks.text(close)) and is not one of \(step)")
      }
      candles.append(Candle(time: time, open: open, high: high, low: low, close: last, volume: volume))
    }
    return CandlePage(candles, exchangeTime: reply.date)
  }

  private func answer(
    _ path: String, _ query: [(String, String)]
  ) throws(ExchangeFault) -> (root: Node, reply: HTTPReply) {
    let reply = try requests.get(path, query)
    if let text = reply.headers["x-mbx-used-weight-1m"], let weight = Int(text),
      weight >= Self.weightPerMinute / 10 * 9
    {
      // Its minutes begin with those of the clock.
      let now = reply.date ?? requests.sleeper.now
      requests.pacer.hold(Double(60_000 - Int(now).floorModulo(60_000)) / 1000)
    }
    let root: Node
    do throws(ExchangeFault) {
      root = try ExchangeRequests.json(reply)
    } catch {
      // A refusal by a gate before the exchange is a page for people.
      if reply.status != 200 { throw ExchangeRequests.refusal(reply, nil) }
      throw error
    }
    guard let code = root["code"]?.integer else {
      if reply.status != 200 { throw ExchangeRequests.refusal(reply, nil) }
      return (root, reply)
    }
    let words = root["msg"]?.string
    switch code {
    case -1121: throw .unknownSymbol("", nearest: "")
    case -1003, -1015: throw .passing("is asked too often (code \(code))", wait: .longer)
    case -1000, -1001, -1004, -1006, -1007, -1008, -1016:
      throw .passing("has a fault of its own (code \(code))")
    default: throw .lasting("refuses the request (code \(code))\(words.map { ": \(quoted($0))" } ?? "")")
    }
  }
}

extension WebAddress {
  /// An address that stands in the program.
  init(known text: String) {
    guard let address = WebAddress(text) else { preconditionFailure("Invariant: \(text) is an address") }
    self = address
  }
}
