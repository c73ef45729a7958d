import MarketData

/// Brings the bars of a market home: asks for what is missing, page by page, and believes what holds together.
///
/// Pages overlap by one bar, and a page is kept once the next answer has that bar too: an answer of another market differs
/// there. What is missing in a page is asked for again, whole and then halved; what is missing still, after three answers
/// without it, is a gap. Nothing is ever put in its place.
package struct CandleCollector: Sendable {
  /// Where the bars come from.
  package let source: any CandleSource
  /// Whose bars.
  package let market: ExchangeMarket
  /// How long each lasts.
  package let step: CandleStep
  /// Clocks and waiting.
  package let sleeper: any Sleeper
  /// How often it is asked.
  package var persistence = Persistence()
  /// A random number in 0..<1, for waits.
  package var fraction: @Sendable () -> Double = { Double.random(in: 0..<1) }

  /// Seconds after which a bar that is over counts as finished: exchanges still book trades in it.
  package static let settling = 10.0
  /// Bars that begin before this moment are finished at a time; both in milliseconds since 1970.
  package static func finished(_ step: CandleStep, at time: Int64) -> Int64 {
    step.open(of: time - Int64(settling * 1000))
  }

  /// No market is older: 2009-01-01.
  private static let beginning: Int64 = 1_230_768_000_000

  /// A collector.
  package init(_ source: any CandleSource, _ market: ExchangeMarket, _ step: CandleStep, sleeper: any Sleeper) {
    self.source = source
    self.market = market
    self.step = step
    self.sleeper = sleeper
  }

  /// What is told while it goes on.
  package enum News: Sendable, Hashable {
    /// Everything up to a moment is home, with so many new bars in all.
    case reached(Int64, new: Int)
    /// A request failed and is sent again after a while.
    case pause(Persistence.Pause)
  }

  /// What was brought home.
  package struct Collected: Sendable, Hashable {
    /// Bars that were not there before.
    package var new = 0
    /// Where the market's bars begin, or those that are served, where that is later than what was asked for.
    package var start: Int64?
    /// Where bars end that came, where later ones that should be over are not there yet.
    package var quietSince: Int64?
    /// What was collected ends here: the end of what was asked for, or of the last finished bar.
    package var end: Int64 = 0

    /// Nothing, since nothing was missing.
    package init() {}
  }

  /// Collects the bars that begin in a range.
  ///
  /// - Parameters:
  ///   - covered: what is home already.
  ///   - add: keeps bars, and that nothing else is in their range.
  ///   - tell: is given news.
  /// - Throws: an `ExchangeFault` (none that is `passing`), or what `add` throws; what was added stays.
  package func collect(
    _ range: Range<Int64>, covered: Coverage, add: @escaping ([Candle], Range<Int64>) throws -> Void,
    tell: @escaping (News) -> Void = { _ in }
  ) throws -> Collected {
    var work = Collection(self, range, covered, add, tell)
    return try work.run()
  }

  /// Where the pages of a market end: at the same moments whatever was asked for, so that pages are the same again.
  ///
  /// - Returns: the first end after a moment.
  func pageEnd(after time: Int64) -> Int64 {
    // One bar of each page but the first is that of the page before.
    let length = Int64(max(1, source.pageLimit - 1)) * step.milliseconds
    return (time / length + 1) * length
  }

  /// The earliest moment that is looked at for where a market begins.
  var earliestMoment: Int64 { step.open(of: Self.beginning) }
}
