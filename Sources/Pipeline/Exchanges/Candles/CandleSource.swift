/// Where bars come from: an exchange, asked page by page.
///
/// A source sends a request once, and says of what failed whether asking again may help. That rows are what was asked for,
/// that none is missing, and when to ask again is decided above it, for all sources alike.
package protocol CandleSource: Sendable {
  /// The exchange's name: `binance`.
  var exchange: String { get }
  /// What speaks with it: `native`, or `ccxt 4.5.90`.
  var tool: String { get }
  /// Where it is asked, without the path of a request.
  var address: String { get }
  /// The bars that it has, shortest first.
  var steps: [CandleStep] { get }
  /// How many bars one answer has at most.
  var pageLimit: Int { get }
  /// What it does with bars outside of what was asked for.
  var outside: OutsideRows { get }

  /// The market of a symbol.
  ///
  /// - Throws: among what else may fail, that there is none, with the nearest.
  func market(_ symbol: String) throws(ExchangeFault) -> ExchangeMarket

  /// The bars that begin in a range, unchecked; the range begins with a bar and has no more than `pageLimit`.
  func page(_ market: ExchangeMarket, _ step: CandleStep, _ range: Range<Int64>) throws(ExchangeFault) -> CandlePage

  /// A moment before which nothing in a range is served, as late as it is easily known; nil where the range has no bars.
  ///
  /// - Parameter attempt: sends requests, each of which may be sent again when it fails.
  func earliest(
    _ market: ExchangeMarket, _ step: CandleStep, in range: Range<Int64>, attempt: Attempt
  ) throws(ExchangeFault) -> Int64?

  /// Why older bars than the first are not served, where it is not that the market is no older; a sentence.
  var limitOfHistory: String? { get }
}

/// Sends a request, again where it fails and may succeed.
package typealias Attempt = (_ request: () throws(ExchangeFault) -> CandlePage) throws(ExchangeFault) -> CandlePage

/// What is made of bars that nobody asked for.
package enum OutsideRows: Sendable, Hashable {
  /// The exchange keeps to the range that it is asked for: others are not believed.
  case refused
  /// It gives more than it is asked for: others are left out.
  case dropped
}

extension CandleSource {
  package var limitOfHistory: String? { nil }

  /// Looks through bars of a day, which are few, and answers with the day's beginning.
  package func earliest(
    _ market: ExchangeMarket, _ step: CandleStep, in range: Range<Int64>, attempt: Attempt
  ) throws(ExchangeFault) -> Int64? {
    let coarse = steps.last.map { max($0, step) } ?? step
    var start = coarse.open(of: range.lowerBound)
    while start < range.upperBound {
      let end = min(start + Int64(pageLimit) * coarse.milliseconds, coarse.firstOpen(from: range.upperBound))
      let asked = start..<end
      let page = try attempt { () throws(ExchangeFault) in try self.page(market, coarse, asked) }
      let times = page.candles.map(\.time).filter(asked.contains)
      if let first = times.min() { return max(coarse.open(of: first), range.lowerBound) }
      start = end
    }
    return nil
  }
}
