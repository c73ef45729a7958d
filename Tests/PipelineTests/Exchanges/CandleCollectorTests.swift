import Foundation
import Pipeline
import Testing

/// Bars from honest exchanges.
///
/// Seen to fail when the exchange's clock is ignored, when the bar that is going on is kept, when the time before a market is
/// taken for a gap, and when bars that are not there yet are.
@Suite("Candles from exchanges", .enabled(if: LocalExchange.isThere, "no python3"))
struct CandleCollectorTests {
  /// The clock of an exchange whose latest 720 hours are those before hour 700 of 2020.
  private static let now = Hours.start / 1000 + 700 * 3600 + 120

  private static func sleeper() -> MadeSleeper { MadeSleeper(now * 1000) }

  @Test("are those that the exchange has, page after page", arguments: NativeExchange.allCases)
  func honest(_ exchange: NativeExchange) throws {
    let world = try World(now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    let range = Hours.range(3..<650)
    try home.collect(exchange.source(world, sleeper), exchange.symbol, range, sleeper: sleeper)
    #expect(try home.candles == world.truth(exchange.symbol, range))
    #expect(home.candles.count == 647)
    #expect(home.covered.ranges == [range])
    #expect(home.collected?.new == 647 && home.collected?.start == nil && home.collected?.quietSince == nil)
  }

  @Test("that are home are not asked for again", arguments: NativeExchange.allCases)
  func resumed(_ exchange: NativeExchange) throws {
    let world = try World(now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    try home.collect(exchange.source(world, sleeper), exchange.symbol, Hours.range(3..<100), sleeper: sleeper)
    let before = try world.count
    try home.collect(exchange.source(world, sleeper), exchange.symbol, Hours.range(10..<90), sleeper: sleeper)
    #expect(try world.count == before)
    try home.collect(exchange.source(world, sleeper), exchange.symbol, Hours.range(0..<120), sleeper: sleeper)
    #expect(try home.candles == world.truth(exchange.symbol, Hours.range(0..<120)))
    #expect(home.collected?.new == 23)
  }

  @Test("end with the last one that is over", arguments: NativeExchange.allCases)
  func unfinished(_ exchange: NativeExchange) throws {
    let world = try World(now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    try home.collect(exchange.source(world, sleeper), exchange.symbol, Hours.range(600..<900), sleeper: sleeper)
    #expect(home.candles.last?.time == Hours.time(699))
    #expect(home.covered.ranges == [Hours.range(600..<700)])
    // Ten seconds into an hour, trades of the one before are still booked.
    let early = MadeSleeper(Hours.time(700) + 5000)
    var second = Collecting()
    try second.collect(exchange.source(world, early), exchange.symbol, Hours.range(600..<900), sleeper: early)
    #expect(second.candles.last?.time == Hours.time(698))
  }

  @Test("are not over by a clock that is ahead of the exchange's", arguments: NativeExchange.allCases)
  func ahead(_ exchange: NativeExchange) throws {
    let world = try World(now: Self.now)
    let sleeper = MadeSleeper(Hours.time(705))
    var home = Collecting()
    try home.collect(exchange.source(world, sleeper), exchange.symbol, Hours.range(600..<900), sleeper: sleeper)
    #expect(home.candles.last?.time == Hours.time(699))
    #expect(home.covered.ranges == [Hours.range(600..<700)])
  }

  @Test("of days and minutes are those of the exchange", arguments: NativeExchange.allCases, ["1d", "1m"])
  func steps(_ exchange: NativeExchange, _ step: String) throws {
    let world = try World(now: Self.now, more: "kept=0")
    let sleeper = Self.sleeper()
    var home = Collecting()
    let range = step == "1d" ? Hours.range(-24 * 400..<240) : Hours.range(0..<7)
    try home.collect(exchange.source(world, sleeper), exchange.symbol, range, step: step, sleeper: sleeper)
    #expect(try home.candles == world.truth(exchange.symbol, step: step == "1d" ? 86_400 : 60, range))
    #expect(home.candles.count == (step == "1d" ? 410 : 420))
  }

  @Test("that are missing at the exchange are gaps, and nothing is put there", arguments: NativeExchange.allCases)
  func gaps(_ exchange: NativeExchange) throws {
    let gaps = [20..<21, 100..<130, 298..<302, 400..<640]
    let world = try World(gaps: gaps, now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    let range = Hours.range(3..<690)
    try home.collect(exchange.source(world, sleeper), exchange.symbol, range, sleeper: sleeper)
    #expect(try home.candles == world.truth(exchange.symbol, range))
    #expect(home.gaps == gaps.map(Hours.range))
    #expect(home.covered.ranges == [range])
  }

  @Test("begin where the market does, which is told", arguments: [NativeExchange.binance, .coinbase])
  func listing(_ exchange: NativeExchange) throws {
    let world = try World(listed: Hours.time(250) / 1000 + 7 * 60, now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    try home.collect(
      exchange.source(world, sleeper), exchange.symbol, Hours.range(-30_000..<690), sleeper: sleeper)
    #expect(try home.candles == world.truth(exchange.symbol, Hours.range(0..<690)))
    #expect(home.collected?.start == Hours.time(250))
    #expect(home.covered.ranges == [Hours.range(250..<690)])
    #expect(try world.count < (exchange == .binance ? 20 : 120))
    // The next collection finds that again.
    try home.collect(
      exchange.source(world, sleeper), exchange.symbol, Hours.range(-30_000..<691), sleeper: sleeper)
    #expect(home.collected?.start == Hours.time(250) && home.collected?.new == 1)
  }

  @Test("of Kraken begin with its latest 720, which is told")
  func latest() throws {
    let world = try World(now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    try home.collect(
      NativeExchange.kraken.source(world, sleeper), "BTC/USD", Hours.range(-2000..<690), sleeper: sleeper)
    #expect(home.collected?.start == Hours.time(-19))
    #expect(try home.candles == world.truth("BTC/USD", Hours.range(-19..<690)))
    #expect(home.candles.count == 709)
  }

  @Test("that are not there yet are waited for another time", arguments: NativeExchange.allCases)
  func quiet(_ exchange: NativeExchange) throws {
    let world = try World(gaps: [690..<720], now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    try home.collect(exchange.source(world, sleeper), exchange.symbol, Hours.range(600..<800), sleeper: sleeper)
    #expect(home.collected?.quietSince == Hours.time(690))
    #expect(home.covered.ranges == [Hours.range(600..<690)])
    #expect(home.candles.count == 90)
  }

  @Test("of a time without any are refused", arguments: NativeExchange.allCases)
  func nothing(_ exchange: NativeExchange) throws {
    let world = try World(listed: Hours.time(5000) / 1000, now: Self.now)
    let sleeper = Self.sleeper()
    var home = Collecting()
    let fault = #expect(throws: ExchangeFault.self) {
      try home.collect(exchange.source(world, sleeper), exchange.symbol, Hours.range(0..<500), sleeper: sleeper)
    }
    #expect(
      fault == .lasting("has no bars of \(exchange.symbol) from 2020-01-01T00:00:00Z to 2020-01-21T20:00:00Z"))
    #expect(home.candles.isEmpty && home.covered.ranges.isEmpty)
  }

  @Test(
    "of a market that is not there are refused with the nearest", arguments: NativeExchange.allCases,
    [("SOL/UDST", "SOL/USDT"), ("btc/usdt", "BTC/USDT"), ("ETH/USDD", "ETH/USD")])
  func unknown(_ exchange: NativeExchange, _ symbol: (written: String, near: String)) throws {
    let world = try World(now: Self.now)
    let source = try exchange.source(world, Self.sleeper())
    let fault = #expect(throws: ExchangeFault.self) { _ = try source.market(symbol.written) }
    #expect(fault == .unknownSymbol(symbol.written, nearest: "; did you mean \"\(symbol.near)\"?"))
  }
}
