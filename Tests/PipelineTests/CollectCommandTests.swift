import Foundation
import Glibc
import Pipeline
import Testing

/// `stresslab collect` as a user runs it, against the exchange on this machine.
@Suite("stresslab collect", .enabled(if: LocalExchange.isThere, "no python3"))
struct CollectCommandTests {
  private typealias Result = DataProgram.Result

  /// Collects from Binance as the machine has it.
  private static func collect(
    _ world: World, in data: TemporaryData, _ more: String..., exchange: String = "binance",
    symbol: String = "BTC/USDT",
    environment: [String: String] = [:]
  ) throws -> Result {
    try DataProgram.run(
      ["collect", exchange, symbol, "1h", "--address", "\(world.address)", "--color", "never"] + more, in: data,
      environment)
  }

  /// The bytes of all bars, raw and processed.
  private static func bars(_ data: TemporaryData) throws -> [String: Data] {
    try data.files(below: "raw").merging(data.files(below: "processed")) { $1 }.filter { $0.key.hasSuffix(".csv") }
  }

  @Test("brings bars home, tells gaps, and asks for nothing twice")
  func whole() throws {
    let data = try TemporaryData()
    let world = try World(gaps: [10..<11, 30..<34])
    let first = try Self.collect(world, in: data, "--from", "2020-01-01", "--to", "2020-01-03")
    #expect(first.code == 0, "\(first.error)")
    #expect(
      first.output == """
        binance BTC/USDT 1h: 67 bars from 2020-01-01T00:00:00Z to 2020-01-03T23:00:00Z, all new
          bars       data/processed/binance/BTC-USDT/1h.csv, as data:binance/BTC-USDT/1h in commands and documents
          gap        2020-01-01T10:00:00Z to 2020-01-01T11:00:00Z, a bar
          gap        2020-01-02T06:00:00Z to 2020-01-02T10:00:00Z, 4 bars
          gaps       2, each asked for three times
          check      2 gaps; stresslab data check data:binance/BTC-USDT/1h tells them

        """)
    let truth = try world.truth("BTC/USDT", Hours.range(0..<72))
    let raw = try data.files(below: "raw").filter { $0.key.hasSuffix(".csv") }
    #expect(raw.count == 1)
    let text = raw.values.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    #expect(text.split(separator: "\n").count == 68)
    for candle in truth {
      #expect(text.contains(",\(candle.open),\(candle.high),\(candle.low),\(candle.close),\(candle.volume)\n"))
    }
    // The same again: nothing is asked.
    let (count, bars) = (try world.count, try Self.bars(data))
    let second = try Self.collect(world, in: data, "--from", "2020-01-01", "--to", "2020-01-03")
    #expect(second.code == 0 && second.output.contains("67 bars") && second.output.contains("all were home"))
    #expect(try world.count == count && Self.bars(data) == bars)
    // More: only what is new.
    let third = try Self.collect(world, in: data, "--from", "2020-01-02", "--to", "2020-01-04T12:00", "--json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(third.output.utf8)) as? [String: Any])
    #expect(json["bars"] as? Int == 79 && json["new"] as? Int == 12)
    #expect(json["name"] as? String == "binance/BTC-USDT/1h" && (json["gaps"] as? [Any])?.count == 2)
    #expect(json["last"] as? String == "2020-01-04T11:00:00Z")
    let quiet = try Self.collect(world, in: data, "--from", "2020-01-02", "--to", "2020-01-05", "--quiet")
    #expect(quiet.code == 0 && quiet.output.isEmpty && quiet.error.isEmpty)
  }

  @Test("--again asks for gaps once more, takes in what the exchange has by now, and asks for nothing else")
  func again() throws {
    let data = try TemporaryData()
    let world = try World(gaps: [10..<11, 30..<34])
    let asked = ["--from", "2020-01-01", "--to", "2020-01-03"]
    #expect(try Self.collect(world, in: data, asked[0], asked[1], asked[2], asked[3]).code == 0)
    // The exchange has added the four bars since; without the option nobody asks.
    let later = try World(gaps: [10..<11])
    let same = try Self.collect(later, in: data, asked[0], asked[1], asked[2], asked[3])
    #expect(same.code == 0 && same.output.contains("67 bars") && same.output.contains("all were home"))
    #expect(try later.count == 0)
    let again = try Self.collect(later, in: data, asked[0], asked[1], asked[2], asked[3], "--again")
    #expect(again.code == 0, "\(again.error)")
    #expect(
      again.output == """
        binance BTC/USDT 1h: 71 bars from 2020-01-01T00:00:00Z to 2020-01-03T23:00:00Z, 4 new
          bars       data/processed/binance/BTC-USDT/1h.csv, as data:binance/BTC-USDT/1h in commands and documents
          gap        2020-01-01T10:00:00Z to 2020-01-01T11:00:00Z, a bar
          gaps       1, each asked for three times
          check      1 gap; stresslab data check data:binance/BTC-USDT/1h tells them

        """)
    let text = try String(contentsOfFile: data.folder.processed(MadeCandles.name()), encoding: .utf8)
    for candle in try later.truth("BTC/USDT", Hours.range(30..<34)) { #expect(text.contains(",\(candle.close),")) }
  }

  @Test("--events tells how it begins, how much is home, and how it ends, whichever way that is")
  func events() throws {
    let data = try TemporaryData()
    let world = try World(gaps: [])
    func lines() throws -> [[String: Any]] {
      try String(contentsOf: data.url.appendingPathComponent("e.jsonl"), encoding: .utf8).split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
    }
    let asked = ["--from", "2020-01-01", "--to", "2020-12-31", "--events", "e.jsonl", "--quiet"]
    func collect(symbol: String = "BTC/USDT") throws -> Result {
      try DataProgram.run(
        ["collect", "binance", symbol, "1h", "--address", "\(world.address)", "--color", "never"] + asked, in: data)
    }
    let first = try collect()
    #expect(first.code == 0, "\(first.error)")
    let told = try lines()
    #expect(told.first?["event"] as? String == "begun" && told.first?["name"] as? String == "binance/BTC-USDT/1h")
    #expect(told.first?["from"] as? String == "2020-01-01T00:00:00Z")
    #expect(told.first?["to"] as? String == "2021-01-01T00:00:00Z")
    let pages = told.filter { $0["event"] as? String == "page" }
    let rows = pages.compactMap { $0["rows"] as? Int }
    #expect(pages.count >= 2 && rows == rows.sorted() && rows.last == 366 * 24)
    #expect(pages.last?["to"] as? String == "2021-01-01T00:00:00Z" && pages.last?["done"] as? Double == 1)
    #expect(pages.first?["from"] as? String == "2020-01-01T00:00:00Z")
    #expect(told.last?["event"] as? String == "ended" && told.last?["exit"] as? Int == 0)
    // All is home: that is told, and no page comes.
    #expect(try collect().code == 0)
    #expect(try lines().dropFirst(told.count).map { $0["event"] as? String } == ["begun", "ended"])
    let refused = try collect(symbol: "BTX/USDT")
    let ending = try #require(try lines().last)
    #expect(refused.code == 2 && ending["exit"] as? Int == 2)
    #expect(refused.error == "stresslab: \(ending["words"] as? String ?? "")\n")
  }

  @Test("killed at whatever request, it goes on and ends in the bytes of a run that was not killed", arguments: 1...20)
  func killed(_ request: Int) throws {
    let arguments = ["--from", "2020-01-01", "--to", "2021-12-31"]
    func collect(_ world: World, _ data: TemporaryData) throws -> Result {
      try Self.collect(world, in: data, arguments[0], arguments[1], arguments[2], arguments[3], "--quiet")
    }
    let data = try TemporaryData()
    let pid = data.url.appendingPathComponent("pid").path
    let gaps = [500..<520, 7000..<7001]
    let killing = try World(gaps: gaps, more: "killAt=\(request)&pidFile=\(pid)")
    #expect(try collect(killing, data).code == -SIGKILL)
    let before = try Self.bars(data)
    let resumed = try collect(World(gaps: gaps), data)
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try Self.bars(data) == Self.unkilled(gaps, arguments))
    // From the fourth request on (a page, the same again, its halves) something had come home.
    #expect(request < 6 || !before.isEmpty)
  }

  private static let unkilledBars = Unkilled()

  /// What a run leaves that nobody kills, made once.
  private static func unkilled(_ gaps: [Range<Int>], _ arguments: [String]) throws -> [String: Data] {
    try unkilledBars.bars {
      let data = try TemporaryData()
      let world = try World(gaps: gaps)
      let result = try DataProgram.run(
        ["collect", "binance", "BTC/USDT", "1h", "--address", "\(world.address)", "--quiet"] + arguments, in: data)
      #expect(result.code == 0, "\(result.error)")
      let bars = try bars(data)
      #expect(bars.count == 3)
      return bars
    }
  }

  private final class Unkilled: @unchecked Sendable {
    private let lock = NSLock()
    private var made: [String: Data]?

    func bars(_ make: () throws -> [String: Data]) throws -> [String: Data] {
      lock.lock()
      defer { lock.unlock() }
      let bars = try made ?? make()
      made = bars
      return bars
    }
  }

  @Test("asked to stop, it stops at once with 130, keeps what came and goes on", arguments: [SIGINT, SIGTERM])
  func stopped(_ signal: Int32) throws {
    let data = try TemporaryData()
    let pid = data.url.appendingPathComponent("pid").path
    let world = try World(more: "killAt=4&pidFile=\(pid)&signal=\(signal)")
    let result = try Self.collect(world, in: data, "--from", "2020-01-01", "--to", "2020-12-31")
    #expect(result.code == 130)
    #expect(result.error.contains("Stopped") && result.error.contains("the same command goes on"), "\(result.error)")
    let resumed = try Self.collect(World(), in: data, "--from", "2020-01-01", "--to", "2020-12-31")
    #expect(resumed.code == 0 && resumed.output.contains("8784 bars"))
    #expect(!resumed.output.contains("all new"))
  }

  @Test("an exchange that wants to be left alone ends it with 74, and says how to go on")
  func unavailable() throws {
    let data = try TemporaryData()
    let world = try World(["ok", "ok", "429=100000"])
    let result = try Self.collect(world, in: data, "--from", "2020-01-01", "--to", "2020-12-31")
    #expect(result.code == 74 && result.output.isEmpty)
    #expect(
      result.error.hasSuffix(
        "bars can't be had: binance is asked too often (429), and asks to be left alone for 28 h; 273 bars are home in "
          + "data/raw/binance/BTC-USDT/1h, and the same command goes on\n"), "\(result.error)")
  }

  @Test("an exchange that lies is refused with 2, and what was there stays")
  func untrue() throws {
    let data = try TemporaryData()
    _ = try Self.collect(World(), in: data, "--from", "2020-01-01", "--to", "2020-01-02")
    let before = try data.files(below: "")
    let result = try Self.collect(World(["back"]), in: data, "--from", "2020-01-01", "--to", "2020-01-09")
    #expect(result.code == 2)
    #expect(
      result.error
        == "stresslab: binance gave bars whose time goes back, from 2020-01-05T09:00:00Z to 2020-01-05T08:00:00Z: that "
        + "answer is not used; 48 bars are home in data/raw/binance/BTC-USDT/1h\n")
    #expect(try data.files(below: "") == before)
  }

  @Test("a pause is told on standard error, and the result on standard output alone")
  func pause() throws {
    let data = try TemporaryData()
    let result = try Self.collect(World(["503=0"]), in: data, "--from", "2020-01-01", "--to", "2020-01-02")
    #expect(result.code == 0 && result.output.hasPrefix("binance BTC/USDT 1h: 48 bars"))
    #expect(
      result.error.hasPrefix("binance has a fault of its own (503); asked again in ")
        && result.error.contains("(try 1 of 8 failed)"), "\(result.error)")
  }

  @Test(
    "wrong words are refused with 2 before anything is asked or written",
    arguments: [
      (
        ["binanse", "BTC/USDT", "1h", "--from", "2020-01-01"],
        "\"binanse\" is none of binance, coinbase, kraken; did you mean \"binance\"?"
      ),
      (
        ["kucoin", "BTC/USDT", "1h", "--from", "2020-01-01"],
        "\"kucoin\" is none of binance, coinbase, kraken; others are asked by ccxt, as ccxt:kucoin"
      ),
      (
        ["binance", "BTCUSDT", "1h", "--from", "2020-01-01"],
        "\"BTCUSDT\" is no market: both are named, such as BTC/USDT"
      ),
      (
        ["binance", "BTC/USDT", "1w", "--from", "2020-01-01"],
        "\"1w\" is no step of bars; they last from a minute to a day, such as 1m, 15m, 1h, 4h or 1d"
      ),
      (
        ["binance", "BTC/USDT", "7m", "--from", "2020-01-01"],
        "binance has no bars of 7m; known: 1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 8h, 12h, 1d"
      ),
      (
        ["binance", "BTC/USDT", "1h", "--from", "01.02.2020"],
        "--from takes a day such as 2020-01-01 or a moment such as 2020-01-01T12:00, not \"01.02.2020\""
      ),
      (
        ["binance", "BTC/USDT", "1h", "--from", "2020-01-02", "--to", "2020-01-01"],
        "--to 2020-01-01 is not after --from 2020-01-02"
      ),
      (["binance", "BTC/USDT", "1h", "--from", "2999-01-01"], "no bar from --from 2999-01-01 on is over yet"),
      (
        ["binance", "BTC/USDT", "1h", "--from", "2020-01-01", "--address", "ftp://x"],
        "--address takes an address such as https://api.example.com, not \"ftp://x\""
      ),
      (["binance", "BTC/USDT", "1h", "--from", "2020-01-01", "--as", "../x"], "\"../x\" is no name of a dataset: "),
      (
        ["binance", "BTC/USDT", "1h", "--from", "2020-01-01", "--timeout", "0"],
        "--timeout lies in 0.1…600 (seconds), not at 0.0"
      ),
    ])
  func wrong(_ arguments: [String], _ words: String) throws {
    let data = try TemporaryData()
    let result = try DataProgram.run(["collect"] + arguments + ["--color", "never"], in: data)
    #expect(result.code == 2 && result.output.isEmpty)
    #expect(result.error.hasPrefix("stresslab: \(words)"), "\(result.error)")
    #expect(!FileManager.default.fileExists(atPath: data.folder.path))
  }

  @Test("a market that is not there is refused with the nearest")
  func unknownMarket() throws {
    let data = try TemporaryData()
    let result = try Self.collect(World(), in: data, "--from", "2020-01-01", symbol: "ETH/UDST")
    #expect(result.code == 2)
    #expect(result.error == "stresslab: binance has no market \"ETH/UDST\"; did you mean \"ETH/USDT\"?\n")
  }

  @Test("a data folder that cannot be made is told")
  func noFolder() throws {
    let data = try TemporaryData()
    try Data().write(to: data.url.appendingPathComponent("file"))
    let result = try Self.collect(
      World(), in: data, "--from", "2020-01-01", "--to", "2020-01-02", "--data", "file/data")
    #expect(
      result.code == 2 && result.error == "stresslab: file/data/raw/binance/BTC-USDT/1h is no folder\n",
      "\(result.error)")
  }

  @Test("another market under the same name is refused")
  func otherMarket() throws {
    let data = try TemporaryData()
    let world = try World()
    #expect(try Self.collect(world, in: data, "--from", "2020-01-01", "--to", "2020-01-01", "--as", "mine").code == 0)
    let result = try Self.collect(
      world, in: data, "--from", "2020-01-01", "--to", "2020-01-01", "--as", "mine", symbol: "ETH/USDT")
    #expect(result.code == 2)
    #expect(
      result.error
        == "stresslab: mine holds binance BTC/USDT 1h, not binance ETH/USDT 1h: choose another name with --as\n")
  }

  @Test("by ccxt the same bars come home", .enabled(if: CCXTPython.path != nil, "`make ccxt` was not run"))
  func byCCXT() throws {
    let (data, native) = (try TemporaryData(), try TemporaryData())
    let environment = ["STRESSLAB_PYTHON": CCXTPython.path ?? ""]
    let result = try Self.collect(
      World(), in: data, "--from", "2020-01-01", "--to", "2020-03-01", exchange: "ccxt:binance",
      environment: environment)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.hasPrefix("binance BTC/USDT 1h: 1464 bars"))
    #expect(try Self.collect(World(), in: native, "--from", "2020-01-01", "--to", "2020-03-01").code == 0)
    let processed = { (data: TemporaryData) in try data.files(below: "processed").filter { $0.key.hasSuffix(".csv") } }
    #expect(try processed(data) == processed(native))
    let unknown = try Self.collect(
      World(), in: data, "--from", "2020-01-01", exchange: "ccxt:kukoin", environment: environment)
    #expect(unknown.code == 2)
    #expect(
      unknown.error == "stresslab: kukoin is no exchange that ccxt knows; did you mean \"kucoin\"?\n",
      "\(unknown.error)")
  }
}
