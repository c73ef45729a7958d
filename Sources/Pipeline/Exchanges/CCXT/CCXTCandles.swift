import Documents

/// Bars of any exchange that ccxt knows.
package struct CCXTCandles: CandleSource {
  package let exchange: String
  package let tool: String
  package let address: String
  package let steps: [CandleStep]
  package let pageLimit: Int
  // Exchanges differ in what they make of the end of a page.
  package let outside = OutsideRows.dropped
  private let symbols: [String]
  private let helper: CCXTHelper

  /// What is asked for in one request where ccxt does not say how much may be.
  private static let usualLimit = 100
  /// More are asked for by nobody.
  private static let largestLimit = 2000

  /// Opens an exchange by its name in ccxt, which asks it for its markets.
  ///
  /// - Parameters:
  ///   - symbol: of which the bars will be: contracts such as `BTC/USDT:USDT` are in other lists than coins.
  ///   - address: where it is asked instead of its own place.
  ///   - spacing: seconds between requests, where ccxt shall not keep to what the exchange allows.
  package init(
    _ name: String, symbol: String, at address: WebAddress?, helper: CCXTHelper, spacing: Double? = nil
  ) throws(ExchangeFault) {
    let known = try helper.exchanges()
    guard known.contains(name) else {
      throw .lasting("is no exchange that ccxt knows\(Suggestion.hint(for: name, among: known))")
    }
    var members = [JSONMember("exchange", .string(name)), JSONMember("symbol", .string(symbol))]
    if let address { members.append(JSONMember("address", .string("\(address)"))) }
    if let spacing { members.append(JSONMember("spacing", .number(spacing * 1000))) }
    let answer = try helper.open(members)
    steps = [CandleStep](named: (answer["steps"]?.elements ?? []).compactMap(\.string))
    guard !steps.isEmpty else { throw .lasting("gives no bars by ccxt") }
    symbols = (answer["symbols"]?.elements ?? []).compactMap(\.string)
    let limit = answer["limit"]?.integer.map { Int(min($0, Int64(Self.largestLimit))) } ?? Self.usualLimit
    pageLimit = max(2, limit)
    exchange = name
    tool = "ccxt \(try helper.version())"
    self.address = address.map { "\($0)" } ?? answer["address"]?.string ?? ""
    self.helper = helper
  }

  package func market(_ symbol: String) throws(ExchangeFault) -> ExchangeMarket {
    guard symbols.contains(symbol) else {
      throw .unknownSymbol(symbol, nearest: Suggestion.hint(for: symbol, among: symbols))
    }
    return ExchangeMarket(symbol: symbol, id: symbol)
  }

  package func page(
    _ market: ExchangeMarket, _ step: CandleStep, _ range: Range<Int64>
  ) throws(ExchangeFault) -> CandlePage {
    let answer = try helper.fetch([
      JSONMember("symbol", .string(market.symbol)), JSONMember("timeframe", .string("\(step)")),
      JSONMember("since", .integer(Int(range.lowerBound))), JSONMember("limit", .integer(step.count(in: range))),
    ])
    guard let rows = answer["rows"]?.elements else { throw .passing("is asked by ccxt, which answers without bars") }
    var candles: [Candle] = []
    candles.reserveCapacity(rows.count)
    for row in rows {
      guard let fields = row.elements, fields.count == 6, let time = fields[0].integer, let open = fields[1].string,
        let high = fields[2].string, let low = fields[3].string, let close = fields[4].string,
        let volume = fields[5].string
      else { throw .untrue("gave a bar that has not the fields of one") }
      candles.append(Candle(time: time, open: open, high: high, low: low, close: close, volume: volume))
    }
    return CandlePage(candles, exchangeTime: answer["date"]?.string.flatMap(HTTPReply.milliseconds))
  }
}
