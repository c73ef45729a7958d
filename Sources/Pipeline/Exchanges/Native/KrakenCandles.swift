import Documents
import MarketData

/// Bars of Kraken's spot market: `/0/public/OHLC`, of which it serves its latest 720 alone, whatever is asked for.
package struct KrakenCandles: CandleSource {
  package let exchange = "kraken"
  package let tool = "native"
  package let steps = [CandleStep](named: ["1m", "5m", "15m", "30m", "1h", "4h", "1d"])
  package let pageLimit = 720
  package let outside = OutsideRows.dropped
  package let limitOfHistory: String? =
    "kraken serves its latest 720 bars alone; older ones are in the files that it offers for download"
  private let requests: ExchangeRequests

  /// Kraken at its own address, or at another.
  package init(at address: WebAddress? = nil, sleeper: any Sleeper, timeout: Double = 30) {
    requests = ExchangeRequests(
      address ?? WebAddress(known: "https://api.kraken.com"), spacing: 1, sleeper: sleeper, timeout: timeout)
  }

  package var address: String { requests.address.description }

  package func market(_ symbol: String) throws(ExchangeFault) -> ExchangeMarket {
    guard let pairs = try answer("/0/public/AssetPairs", []).result.members else {
      throw .passing("sends a list of markets without markets")
    }
    let markets = pairs.compactMap { pair -> ExchangeMarket? in
      guard let name = pair.value["wsname"]?.string else { return nil }
      return ExchangeMarket(
        symbol: name.split(separator: "/").map { Self.usualName(String($0)) }.joined(separator: "/"), id: pair.name)
    }
    if let market = markets.first(where: { $0.symbol == symbol }) { return market }
    throw .unknownSymbol(symbol, nearest: Suggestion.hint(for: symbol, among: markets.map(\.symbol)))
  }

  /// What all others call a coin that has a name of its own here.
  private static func usualName(_ name: String) -> String {
    switch name {
    case "XBT": "BTC"
    case "XDG": "DOGE"
    default: name
    }
  }

  package func page(
    _ market: ExchangeMarket, _ step: CandleStep, _ range: Range<Int64>
  ) throws(ExchangeFault) -> CandlePage {
    // Bars after that moment are given: the one before the first is asked after.
    let since = (range.lowerBound - step.milliseconds) / 1000
    let (result, reply) = try answer(
      "/0/public/OHLC", [("pair", market.id), ("interval", "\(step.seconds / 60)"), ("since", "\(since)")])
    let others = (result.members ?? []).map(\.name).filter { $0 != "last" }
    guard others == [market.id], let rows = result[market.id]?.elements else {
      throw .untrue("gave bars of \(others.isEmpty ? "no market" : quoted(others[0])) where \(market.id) was asked for")
    }
    var candles: [Candle] = []
    candles.reserveCapacity(rows.count)
    for row in rows {
      guard let fields = row.elements, fields.count >= 7, let seconds = fields[0].integer,
        (0...9_999_999_999).contains(seconds), let open = fields[1].decimal, let high = fields[2].decimal,
        let low = fields[3].decimal, let close = fields[4].decimal, let volume = fields[6].decimal
      else { throw .untrue("gave a bar that has not the fields of one") }
      candles.append(Candle(time: seconds * 1000, open: open, high: high, low: low, close: close, volume: volume))
    }
    return CandlePage(candles, exchangeTime: reply.date)
  }

  package func earliest(
    _ market: ExchangeMarket, _ step: CandleStep, in range: Range<Int64>, attempt: Attempt
  ) throws(ExchangeFault) -> Int64? {
    let page = try attempt { () throws(ExchangeFault) in try self.page(market, step, range) }
    return page.candles.map(\.time).filter(range.contains).min()
  }

  private func answer(
    _ path: String, _ query: [(String, String)]
  ) throws(ExchangeFault) -> (result: Node, reply: HTTPReply) {
    let reply = try requests.get(path, query)
    guard reply.status == 200 else { throw ExchangeRequests.refusal(reply, nil) }
    let root = try ExchangeRequests.json(reply)
    // What begins with W is a warning.
    let errors = (root["error"]?.elements ?? []).compactMap(\.string).filter { !$0.hasPrefix("W") }
    if let error = errors.first { throw Self.fault(error) }
    guard let result = root["result"] else { throw .passing("sends an answer without a result") }
    return (result, reply)
  }

  /// What one of its errors means; they come with status 200.
  private static func fault(_ error: String) -> ExchangeFault {
    let kind = error.lowercased()
    if kind.contains("too many requests") || kind.contains("rate limit") || kind.contains("lockout") {
      return .passing("is asked too often (\(quoted(error)))", wait: .longer)
    }
    if error.hasPrefix("EService") || kind.contains("internal error") || kind.contains("timeout") {
      return .passing("has a fault of its own (\(quoted(error)))")
    }
    if kind.contains("unknown asset pair") { return .unknownSymbol("", nearest: "") }
    return .lasting("refuses the request: \(quoted(error))")
  }
}
