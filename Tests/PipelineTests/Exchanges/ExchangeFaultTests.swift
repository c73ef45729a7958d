import Foundation
import Pipeline
import Testing

/// Exchanges that fail, and exchanges that lie.
///
/// Seen to fail when a page that lacks bars is not asked for again, when the bar by which pages overlap is not compared, when
/// the last page is kept before its last bar was given twice, when Kraken's name of the market, the order of time, the spacing
/// of bars, their prices or Binance's times of close are not looked at, when `Retry-After` is not, and when a way to another
/// port is followed.
@Suite("Faults of an exchange", .enabled(if: LocalExchange.isThere, "no python3"))
struct ExchangeFaultTests {
  private static let now = Hours.start / 1000 + 700 * 3600 + 120
  private static let range = Hours.range(3..<650)

  /// Collects from an exchange that misbehaves.
  private static func collect(
    _ exchange: NativeExchange, _ world: World, sleeper: MadeSleeper = MadeSleeper(now * 1000), timeout: Double = 10
  ) -> (home: Collecting, fault: ExchangeFault?) {
    var home = Collecting()
    do {
      try home.collect(exchange.source(world, sleeper, timeout: timeout), exchange.symbol, range, sleeper: sleeper)
      return (home, nil)
    } catch {
      return (home, error as? ExchangeFault)
    }
  }

  /// What passes, and the words for it.
  static let passingFaults: [(fault: String, words: String)] = [
    ("429", "is asked too often (429)"), ("418", "bans this address for asking too much (418)"),
    ("500", "has a fault of its own (500)"), ("503", "has a fault of its own (503)"),
    ("408", "has a fault of its own (408)"),
    ("cut", "broke off before its answer was whole"), ("reset", "broke off before its answer was whole"),
    ("close", "broke off before its answer was whole"), ("cutjson", "sends an answer that is no whole JSON"),
    ("badjson", "sends an answer that is no whole JSON"),
  ]

  @Test(
    "that pass are waited for and asked past, at the first page and at the second", arguments: NativeExchange.allCases,
    passingFaults)
  func passing(_ exchange: NativeExchange, _ case: (fault: String, words: String)) throws {
    for faults in [[`case`.fault], ["ok", `case`.fault, `case`.fault]] {
      let world = try World(faults, now: Self.now)
      let (home, fault) = Self.collect(exchange, world)
      #expect(fault == nil)
      #expect(try home.candles == world.truth(exchange.symbol, Self.range))
      // A connection that was kept and is closed is opened again before anybody hears of it.
      let count = faults.count { $0 != "ok" }
      #expect(`case`.fault == "close" ? home.pauses.count <= count : home.pauses.count == count)
      #expect(home.pauses.allSatisfy { $0.words == `case`.words })
      #expect(home.gaps.isEmpty)
    }
  }

  @Test(
    "without an answer end after the time that was set, and it is asked again", arguments: NativeExchange.allCases)
  func hang(_ exchange: NativeExchange) throws {
    let world = try World(["hang"], now: Self.now)
    let (home, fault) = Self.collect(exchange, world, timeout: 0.3)
    #expect(fault == nil)
    #expect(try home.candles == world.truth(exchange.symbol, Self.range))
    #expect(home.pauses.map(\.words) == ["did not answer within 0.3 s"])
  }

  @Test("in the body of a status 200 are understood", arguments: NativeExchange.allCases)
  func errorBody(_ exchange: NativeExchange) throws {
    let world = try World(["errorbody"], now: Self.now)
    let (home, fault) = Self.collect(exchange, world)
    #expect(fault == nil)
    #expect(try home.candles == world.truth(exchange.symbol, Self.range))
    let words =
      switch exchange {
      case .binance: "is asked too often (code -1003)"
      case .kraken: "has a fault of its own (\"EService:Unavailable\")"
      case .coinbase: "is asked too often (\"Public rate limit exceeded\")"
      }
    #expect(home.pauses.map(\.words) == [words])
  }

  @Test(
    "with a Retry-After are waited for as long as it says, in seconds and as a date",
    arguments: ["429=7", "503=7", "429=date"])
  func retryAfter(_ fault: String) throws {
    let world = try World([fault], now: Self.now)
    let sleeper = MadeSleeper(Self.now * 1000)
    let (home, end) = Self.collect(.binance, world, sleeper: sleeper)
    #expect(end == nil && home.candles.count == 647)
    // Half a second of jitter on top.
    #expect(home.pauses.map(\.seconds) == [7.5])
    #expect(sleeper.waits.contains(7.5))
  }

  @Test("that ask to be left alone for too long end the collection, which says so")
  func longRetryAfter() throws {
    let world = try World(["ok", "418=259200"], now: Self.now)
    let (home, fault) = Self.collect(.coinbase, world)
    #expect(
      fault
        == .unavailable("bans this address for asking too much (418), and asks to be left alone for 72 h"))
    #expect(home.pauses.isEmpty)
  }

  @Test("that do not pass end the collection after eight tries, with waits that double, and what came stays")
  func exhausted() throws {
    let world = try World(["ok", "ok", "ok"] + [String](repeating: "500", count: 20), now: Self.now)
    let sleeper = MadeSleeper(Self.now * 1000)
    let (home, fault) = Self.collect(.coinbase, world, sleeper: sleeper)
    #expect(fault == .unavailable("has a fault of its own (500), asked 8 times"))
    #expect(home.pauses.map(\.seconds) == [0.5, 1, 2, 4, 8, 16, 30])
    let kept = try world.truth("BTC/USD", Self.range).filter { home.covered.contains($0.time) }
    #expect(!kept.isEmpty && home.candles == kept)
  }

  @Test("that refuse a request end the collection at once")
  func refused() throws {
    let world = try World(["refused"], now: Self.now)
    #expect(
      Self.collect(.binance, world).fault == .lasting("refuses the request (code -1100): \"Illegal characters.\""))
    #expect(try world.count == 1)
    let other = try World(["refused"], now: Self.now)
    #expect(
      Self.collect(.coinbase, other).fault == .lasting("refuses the request (400): \"Illegal characters.\""))
  }

  @Test("that lead to another host are not followed", arguments: NativeExchange.allCases)
  func redirect(_ exchange: NativeExchange) throws {
    let (home, fault) = Self.collect(exchange, try World(["redirect"], now: Self.now))
    #expect(fault == .lasting("leads to another place, http://localhost:1, which is not followed"))
    #expect(home.candles.isEmpty)
  }

  @Test("that send without end are not listened to")
  func huge() throws {
    let world = try World(["huge"], now: Self.now)
    let sleeper = MadeSleeper(Self.now * 1000)
    let client = HTTPClient(sleeper: sleeper, timeout: 20, largestBody: 3 << 20)
    let url = try #require(try world.address.url("/api/v3/klines", [("symbol", "BTCUSDT")]))
    #expect(throws: ExchangeFault.lasting("sends more than 3 MB for one answer, which nobody reads")) {
      try client.get(url)
    }
  }

  @Test("that answer slowly are waited for", arguments: NativeExchange.allCases)
  func slow(_ exchange: NativeExchange) throws {
    let world = try World(["slow", "slow"], now: Self.now)
    let (home, fault) = Self.collect(exchange, world)
    #expect(fault == nil && home.pauses.isEmpty)
    #expect(try home.candles == world.truth(exchange.symbol, Self.range))
  }

  @Test(
    "whose pages lack bars are asked again, and no bar is missing then", arguments: NativeExchange.allCases,
    ["empty", "late", "short", "gap", "same"])
  func lacking(_ exchange: NativeExchange, _ fault: String) throws {
    for faults in [[fault], [fault, fault], ["ok", fault], ["ok", fault, fault]] {
      let world = try World(faults, now: Self.now)
      let (home, end) = Self.collect(exchange, world)
      #expect(end == nil)
      #expect(try home.candles == world.truth(exchange.symbol, Self.range), "\(faults)")
      #expect(home.gaps.isEmpty && home.covered.ranges == [Self.range])
    }
  }

  @Test("that give fewer bars than asked for, every time, are asked until all are there")
  func smallPages() throws {
    let world = try World(now: Self.now, more: "limit=70")
    let (home, fault) = Self.collect(.binance, world)
    #expect(fault == nil)
    #expect(try home.candles == world.truth("BTC/USDT", Self.range))
    #expect(home.gaps.isEmpty)
  }

  /// What no honest answer has, and how the words for it begin.
  static let untrueAnswers: [(fault: String, words: String)] = [
    ("back", "gave bars whose time goes back, from "), ("dup", "gave two different bars for "),
    ("wrongstep", "gave "), ("nan", "gave a bar "), ("negative", "gave a bar at "), ("upsidedown", "gave a bar at "),
  ]

  @Test(
    "that lie are refused, and what came before stays", arguments: NativeExchange.allCases, untrueAnswers)
  func lies(_ exchange: NativeExchange, _ case: (fault: String, words: String)) throws {
    for honest in 0...2 where exchange != .kraken || honest == 0 {
      let faults = [String](repeating: "ok", count: honest) + [`case`.fault]
      let world = try World(faults, now: Self.now)
      // A single bar has no order.
      guard exchange != .binance || honest == 0 else { continue }
      let (home, fault) = Self.collect(exchange, world)
      guard case .untrue(let words) = fault else {
        Issue.record("\(faults): \(String(describing: fault))")
        continue
      }
      #expect(words.hasPrefix(`case`.words), "\(words)")
      #expect(try home.candles == world.truth(exchange.symbol, Self.range).filter { home.covered.contains($0.time) })
      #expect(try world.count == honest + 1)
    }
  }

  @Test("of Binance whose bars end when those of another step do are refused")
  func wrongEnd() throws {
    let (home, fault) = Self.collect(.binance, try World(["wrongend"], now: Self.now))
    #expect(
      fault
        == .untrue("gave a bar at 2020-01-01T03:00:00Z that ends at 2020-01-01T04:59:59.999Z and is not one of 1h"))
    #expect(home.candles.isEmpty)
  }

  @Test("that give bars from elsewhere in time are refused", arguments: [NativeExchange.binance, .coinbase])
  func outside(_ exchange: NativeExchange) throws {
    let (home, fault) = Self.collect(exchange, try World(["outside"], now: Self.now))
    #expect(
      fault
        == .untrue(
          "gave a bar at 2031-05-29T19:00:00Z, outside of what it was asked for, 2020-01-01T03:00:00Z to "
            + (exchange == .binance ? "2020-01-12T09:00:00Z" : "2020-01-02T22:00:00Z")))
    #expect(home.candles.isEmpty)
  }

  @Test(
    "that give bars of another market are refused, at whatever page", arguments: NativeExchange.allCases, 0..<6)
  func otherMarket(_ exchange: NativeExchange, _ honest: Int) throws {
    let world = try World([String](repeating: "ok", count: honest) + ["othersymbol"], now: Self.now)
    let (home, fault) = Self.collect(exchange, world)
    let asked = exchange == .coinbase ? 5 : 3
    guard honest < asked else {
      // It was not asked so often.
      #expect(fault == nil)
      return
    }
    guard case .untrue(let words) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(
      exchange == .kraken
        ? words.hasPrefix("gave bars of ") && words.hasSuffix("where XXBTZUSD was asked for")
        : words.hasPrefix("gave two different bars for "), "\(words)")
    #expect(try home.candles == world.truth(exchange.symbol, Self.range).filter { home.covered.contains($0.time) })
  }

  @Test("that forget a market end the collection", arguments: NativeExchange.allCases)
  func wrongSymbol(_ exchange: NativeExchange) throws {
    let (_, fault) = Self.collect(exchange, try World(["wrongsymbol"], now: Self.now))
    #expect(fault == .lasting("says that it does not know \(exchange.symbol), which it has in its list"))
  }

  @Test("that cannot be reached are told so after the last try")
  func unreachable() throws {
    let sleeper = MadeSleeper(Self.now * 1000)
    let address = try #require(WebAddress("http://127.0.0.1:1"))
    let source = KrakenCandles(at: address, sleeper: sleeper, timeout: 5)
    let fault = #expect(throws: ExchangeFault.self) {
      try Persistence().attempt(sleeper: sleeper, fraction: { 0.5 }, tell: { _ in }) { () throws(ExchangeFault) in
        _ = try source.market("BTC/USD")
      }
    }
    #expect(fault == .unavailable("refuses the connection, asked 8 times"))
  }

  @Test("end a wait when the program is asked to stop")
  func interrupted() throws {
    let world = try World(["ok", "ok", "500"], now: Self.now)
    let sleeper = MadeSleeper(Self.now * 1000, stopsAfter: 4)
    let (home, fault) = Self.collect(.coinbase, world, sleeper: sleeper)
    #expect(fault == .interrupted)
    #expect(try home.candles == world.truth("BTC/USD", Self.range).filter { home.covered.contains($0.time) })
  }

  @Test("by which a minute's allowance is nearly used up make it wait for the next minute")
  func weight() throws {
    let world = try World(now: Self.now, more: "weight=5500")
    let sleeper = MadeSleeper(Self.now * 1000)
    let (home, fault) = Self.collect(.binance, world, sleeper: sleeper)
    #expect(fault == nil && home.candles.count == 647)
    #expect(sleeper.waits.contains { $0 > 50 && $0 <= 60 })
  }
}
