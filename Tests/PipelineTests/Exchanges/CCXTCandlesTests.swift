import Documents
import Foundation
import Pipeline
import Testing

/// A Python that has ccxt, for tests.
enum CCXTPython {
  /// The interpreter: the one that is named, or what `make ccxt` made in this checkout; nil where there is none.
  static let path: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["STRESSLAB_PYTHON"]
    let made = root.appendingPathComponent(".venv-ccxt/bin/python").path
    return [named, made].compactMap(\.self).first { program in
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = ["-c", "import ccxt"]
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { return false }
      process.waitUntilExit()
      return process.terminationStatus == 0
    }
  }()

  /// What the helper is started with.
  static func environment(_ more: [String: String] = [:]) -> [String: String] {
    let own = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
    return own.merging(path.map { ["STRESSLAB_PYTHON": $0] } ?? [:]) { $1 }.merging(more) { $1 }
  }
}

/// Bars by ccxt, from the exchange on this machine that native sources are asked of too. Seen to fail when the helper takes an
/// answer that was cut, as ccxt does, for one without bars.
@Suite(
  "Candles by ccxt", .serialized,
  .enabled(if: LocalExchange.isThere && CCXTPython.path != nil, "`make ccxt` was not run"))
struct CCXTCandlesTests {
  private static let now = Hours.start / 1000 + 700 * 3600 + 120

  /// One for all tests, which come one after another: it takes a second to start.
  private static let helper = CCXTHelper(
    environment: CCXTPython.environment(), sleeper: MadeSleeper(now * 1000), timeout: 10)

  /// Its name in ccxt.
  private static func name(_ exchange: NativeExchange) -> String {
    exchange == .coinbase ? "coinbaseexchange" : exchange.rawValue
  }

  private static func source(
    _ exchange: NativeExchange, _ world: World, helper: CCXTHelper = helper
  ) throws -> CCXTCandles {
    try CCXTCandles(name(exchange), symbol: exchange.symbol, at: world.address, helper: helper, spacing: 0.001)
  }

  /// The numbers of a bar: ccxt gives doubles, exchanges texts.
  private static func numbers(_ candle: Candle) -> [Double] {
    [Double(candle.time)]
      + [candle.open, candle.high, candle.low, candle.close, candle.volume].map { Double($0) ?? .nan }
  }

  @Test("are those that the native source brings, gaps and all", arguments: NativeExchange.allCases)
  func same(_ exchange: NativeExchange) throws {
    let gaps = [100..<130, 298..<302]
    let range = Hours.range(3..<650)
    let sleeper = MadeSleeper(Self.now * 1000)
    var (native, byCCXT) = (Collecting(), Collecting())
    try native.collect(
      exchange.source(World(gaps: gaps, now: Self.now), sleeper), exchange.symbol, range, sleeper: sleeper)
    let source = try Self.source(exchange, World(gaps: gaps, now: Self.now))
    try byCCXT.collect(source, exchange.symbol, range, sleeper: sleeper)
    #expect(native.candles.count == 613)
    #expect(byCCXT.candles.map(Self.numbers) == native.candles.map(Self.numbers))
    #expect(byCCXT.covered == native.covered)
    #expect(source.tool.hasPrefix("ccxt 4."))
    #expect(source.pageLimit == (exchange == .binance ? 1000 : exchange == .kraken ? 720 : 300))
  }

  @Test(
    "come whole past faults", arguments: NativeExchange.allCases,
    ["429=2", "500", "503", "cutjson", "reset", "errorbody", "badjson"])
  func passing(_ exchange: NativeExchange, _ fault: String) throws {
    let world = try World([fault], now: Self.now)
    let sleeper = MadeSleeper(Self.now * 1000)
    var home = Collecting()
    let range = Hours.range(600..<650)
    try home.collect(
      Self.source(exchange, world), exchange.symbol, range, sleeper: sleeper)
    #expect(try home.candles.map(Self.numbers) == world.truth(exchange.symbol, range).map(Self.numbers))
    #expect(home.pauses.count == 1, "\(home.pauses)")
    if fault == "429=2" { #expect(home.pauses.map(\.seconds) == [2.5]) }
  }

  @Test("that are not true are refused", arguments: NativeExchange.allCases, ["dup", "negative", "upsidedown"])
  func lies(_ exchange: NativeExchange, _ fault: String) throws {
    let sleeper = MadeSleeper(Self.now * 1000)
    var home = Collecting()
    let source = try Self.source(exchange, World([fault], now: Self.now))
    let thrown = #expect(throws: ExchangeFault.self) {
      try home.collect(source, exchange.symbol, Hours.range(600..<650), sleeper: sleeper)
    }
    guard case .untrue = thrown else {
      Issue.record("\(String(describing: thrown))")
      return
    }
    #expect(home.candles.isEmpty)
  }

  @Test("of an exchange that hangs are asked for again, by a helper that is started again")
  func hang() throws {
    // ccxt itself waits for 0.2 s, and we ten seconds longer: here its own limit counts.
    let world = try World(["hang"], now: Self.now)
    let sleeper = MadeSleeper(Self.now * 1000)
    var home = Collecting()
    let source = try Self.source(
      .binance, world,
      helper: CCXTHelper(environment: CCXTPython.environment(), sleeper: sleeper, timeout: 0.2))
    try home.collect(source, "BTC/USDT", Hours.range(600..<650), sleeper: sleeper)
    #expect(home.candles.count == 50)
    #expect(home.pauses.map(\.words) == ["does not answer as it should (ccxt: RequestTimeout)"])
  }

  @Test("of an exchange or a market that is not there are refused with the nearest")
  func unknown() throws {
    #expect(
      throws: ExchangeFault.lasting("is no exchange that ccxt knows; did you mean \"kucoin\"?")
    ) { try CCXTCandles("kukoin", symbol: "BTC/USDT", at: nil, helper: Self.helper) }
    #expect(try Self.helper.exchanges().count > 90)
    let source = try Self.source(.kraken, World(now: Self.now))
    #expect(throws: ExchangeFault.unknownSymbol("BTC/UDS", nearest: "; did you mean \"BTC/USD\"?")) {
      try source.market("BTC/UDS")
    }
  }
}

/// The helper beside a Python that is another one than it should be; none of these needs ccxt. Seen to fail when it is given
/// the whole environment.
@Suite("The helper for ccxt", .enabled(if: LocalExchange.isThere, "no python3"))
struct CCXTHelperTests {
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stresslab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A program in place of Python.
  private static func program(_ text: String, in folder: URL) throws -> String {
    let file = folder.appendingPathComponent("python")
    // Written by another process: a file that one of ours has open for writing cannot be run while tests beside this one
    // start programs, which inherit it for a moment.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "printf %s \"$1\" > \"$2\" && chmod +x \"$2\"", "sh", text, file.path]
    try process.run()
    process.waitUntilExit()
    return file.path
  }

  private static func version(_ program: String, _ more: [String: String] = [:]) throws -> String {
    let own = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" }
    let environment = own.merging(["STRESSLAB_PYTHON": program]) { $1 }.merging(more) { $1 }
    return try CCXTHelper(environment: environment, sleeper: MadeSleeper(0), timeout: 1).version()
  }

  @Test("sees no token and no key of ours")
  func environment() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try Self.program(
      "#!/bin/sh\nenv > '\(folder.path)/seen'\necho '{\"protocol\":1,\"ccxt\":\"9.9\"}'\ncat > /dev/null\n", in: folder)
    let secrets = [
      "AWS_SECRET_ACCESS_KEY": "s3cret", "BINANCE_API_KEY": "s3cret", "GITHUB_TOKEN": "s3cret", "PYTHONPATH": "/s3cret",
      "LD_PRELOAD": "", "STRESSLAB_DATA": "s3cret", "http_proxy": "http://127.0.0.1:9", "TZ": "Asia/Tokyo",
    ]
    #expect(try Self.version(program, secrets) == "9.9")
    let seen = try String(contentsOf: folder.appendingPathComponent("seen"), encoding: .utf8)
    #expect(!seen.contains("s3cret") && !seen.contains("STRESSLAB"))
    #expect(seen.contains("http_proxy=http://127.0.0.1:9") && seen.contains("TZ=Asia/Tokyo"))
  }

  @Test(
    "says what is wrong with a Python that it cannot use",
    arguments: [
      ("exit 3", "it does not answer"), ("echo 'No module named x' >&2; exit 1", "No module named x"),
      ("echo hello", "it does not answer"), ("echo '{\"protocol\":7}'", "it says something else than the helper"),
      ("echo '{\"protocol\":1,\"missing\":\"No module named ccxt\"}'", "No module named ccxt"),
    ])
  func wrong(_ script: String, _ words: String) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try Self.program("#!/bin/sh\n\(script)\n", in: folder)
    #expect(
      throws: ExchangeFault.lasting(
        "is asked by ccxt, which is not there; STRESSLAB_PYTHON names an interpreter that has no ccxt (\(program): \(words))"
      )
    ) { try Self.version(program) }
  }

  @Test("that is not there is told")
  func missing() {
    #expect(
      throws: ExchangeFault.lasting(
        "is asked by ccxt, which is not there; STRESSLAB_PYTHON names an interpreter that has no ccxt "
          + "(/nowhere/python: No such file or directory)")
    ) { try Self.version("/nowhere/python") }
  }

  @Test("that falls silent, ends or talks nonsense is ended, and started again for the next question")
  func silent() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    // The first start answers one question wrongly, the second ends, the third says what it should.
    let program = try Self.program(
      """
      #!/bin/sh
      echo x >> '\(folder.path)/starts'
      echo '{"protocol":1,"ccxt":"9.9"}'
      read line
      case $(wc -l < '\(folder.path)/starts') in
      1) echo '{"id":99,"exchanges":[]}' ;;
      2) echo 'Killed' >&2; exit 1 ;;
      3) echo '{"id":' ;;
      *) id=$(echo "$line" | sed 's/.*"id":\\([0-9]*\\).*/\\1/'); echo "{\\"id\\":$id,\\"exchanges\\":[\\"kucoin\\"]}" ;;
      esac
      cat > /dev/null
      """, in: folder)
    let own = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" }
    let helper = CCXTHelper(
      environment: own.merging(["STRESSLAB_PYTHON": program]) { $1 }, sleeper: MadeSleeper(0), timeout: 1)
    #expect(throws: ExchangeFault.passing("is asked by ccxt, which answers something else")) { try helper.exchanges() }
    #expect(throws: ExchangeFault.passing("is asked by ccxt, which has ended: \"Killed\"")) { try helper.exchanges() }
    #expect(throws: ExchangeFault.passing("is asked by ccxt, whose answer cannot be read")) { try helper.exchanges() }
    #expect(try helper.exchanges() == ["kucoin"])
  }

  @Test("that hangs is ended when the program is asked to stop")
  func stopped() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = try Self.program(
      "#!/bin/sh\necho $$ > '\(folder.path)/pid'\necho '{\"protocol\":1,\"ccxt\":\"9.9\"}'\nsleep 600\n", in: folder)
    let sleeper = MadeSleeper(0, stopsAfter: 1)
    let own = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" }
    let helper = CCXTHelper(
      environment: own.merging(["STRESSLAB_PYTHON": program]) { $1 }, sleeper: sleeper, timeout: 1)
    #expect(try helper.version() == "9.9")
    _ = try? sleeper.sleep(1)
    #expect(throws: ExchangeFault.interrupted) { try helper.exchanges() }
    let pid = try #require(
      pid_t(
        String(contentsOf: folder.appendingPathComponent("pid"), encoding: .utf8).trimmingCharacters(
          in: .whitespacesAndNewlines)))
    #expect(kill(pid, 0) == -1)
  }
}
