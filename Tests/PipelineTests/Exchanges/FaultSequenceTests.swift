import Foundation
import MarketData
import Pipeline
import Testing

/// Exchanges that fail and lie at random, and what is in the data folder then.
@Suite("Random faults of an exchange", .enabled(if: LocalExchange.isThere, "no python3"))
struct FaultSequenceTests {
  @Test("end in the right bars or in a clear refusal, in two hundred sequences", arguments: NativeExchange.allCases)
  func sequences(_ exchange: NativeExchange) throws {
    var tally = Tally()
    let count = exchange == .binance ? 68 : 66
    for seed in 0..<count {
      let sequence = FaultSequence(seed, of: exchange)
      try tally.run(sequence, exchange) { world, sleeper in
        // Who hangs is left after half a second.
        try exchange.source(world, sleeper, timeout: sequence.faults.contains("hang") ? 0.5 : 10)
      }
    }
    #expect(tally.whole > count / 4 && tally.refused > 4 && tally.withLostBars > 1, "\(tally) of \(count)")
  }
}

/// The same by ccxt.
@Suite(
  "Random faults of an exchange that ccxt asks", .serialized,
  .enabled(if: LocalExchange.isThere && CCXTPython.path != nil, "`make ccxt` was not run"))
struct CCXTFaultSequenceTests {
  @Test("end in the right bars or in a clear refusal, in forty-five sequences", arguments: NativeExchange.allCases)
  func sequences(_ exchange: NativeExchange) throws {
    var tally = Tally(comparesNumbers: true)
    let helper = CCXTHelper(
      environment: CCXTPython.environment(), sleeper: MadeSleeper(FaultSequence.now * 1000), timeout: 10)
    for seed in 0..<15 {
      // What hangs takes ccxt's own time-out, which `CCXTCandlesTests` waits for once.
      let sequence = FaultSequence(seed, of: exchange, leavingOut: ["hang"])
      try tally.run(sequence, exchange) { world, _ in
        try CCXTCandles(
          exchange == .coinbase ? "coinbaseexchange" : exchange.rawValue, symbol: exchange.symbol, at: world.address,
          helper: helper, spacing: 0.001)
      }
    }
    #expect(tally.whole > 3, "\(tally)")
  }
}

/// What an exchange does to its answers, one after another, and what it is asked for.
private struct FaultSequence: CustomStringConvertible {
  /// What it may do to an answer; the milder ones come first.
  private static let faults = [
    "ok", "ok", "ok", "ok", "429", "429=3", "429=date", "418", "500", "503=2", "cut", "cutjson", "reset", "close",
    "hang", "badjson", "errorbody", "empty", "late", "short", "gap", "same",
    "back", "dup", "wrongstep", "othersymbol", "outside", "nan", "negative", "upsidedown", "slow", "wrongsymbol",
    "refused", "unlisted",
  ]
  private static let mild = 22
  /// Those by which bars get lost, where they come often enough.
  private static let losing = ["empty", "empty", "late", "short", "gap", "gap", "ok", "500"]
  private static let hiding: Set<String> = ["empty", "late", "short", "gap"]
  /// The exchange's clock, seconds since 1970.
  static let now = Hours.start / 1000 + 700 * 3600 + 120

  let faults: [String]
  /// The hours that it is asked for, as milliseconds.
  let range: Range<Int64>
  private let seed: Int
  /// Hours without bars at the exchange.
  private let gaps: [Range<Int>]
  /// Whether its list of markets has faults too.
  let isOfMarkets: Bool

  /// A generator that is the same everywhere (SplitMix64).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
      return word ^ word >> 31
    }
  }

  /// The sequence of a seed: a third of them harsh, a third of answers that lack bars.
  init(_ seed: Int, of exchange: NativeExchange, leavingOut left: Set<String> = []) {
    var generator = Generator(state: UInt64(seed) &* 3 &+ UInt64(exchange.rawValue.count))
    let kinds = [Self.faults, Self.losing, Array(Self.faults.prefix(Self.mild))]
    let names = kinds[seed % 3].filter { !left.contains($0) }
    faults = (0..<Int.random(in: 1...14, using: &generator)).map { _ in
      names[Int.random(in: 0..<names.count, using: &generator)]
    }
    let first = Int.random(in: 0..<60, using: &generator)
    range = Hours.range(first..<(first + Int.random(in: 1...500, using: &generator)))
    gaps = seed % 5 == 0 ? [100..<104, 290..<291] : []
    isOfMarkets = seed % 4 < 2
    self.seed = seed
  }

  /// How many of its answers may lack bars that there are.
  var hidingCount: Int { faults.count { Self.hiding.contains($0) } }

  /// Whether the market may be missing in the list of all.
  var mayHideTheMarket: Bool { isOfMarkets && faults.contains("unlisted") }

  func world(isHonest: Bool = false) throws -> World {
    try World(isHonest ? [] : faults, gaps: gaps, now: Self.now, more: isOfMarkets ? "meta=1" : "")
  }

  var description: String { "seed \(seed): \(faults)\(isOfMarkets ? ", of markets too" : "")" }
}

/// What sequences came to.
private struct Tally: CustomStringConvertible {
  /// Collections that ended, and those that the exchange refused, lied to, or did not answer.
  private(set) var (whole, refused, unavailable) = (0, 0, 0)
  /// Sequences that hid a bar three times, so that it is told as missing.
  private(set) var withLostBars = 0
  /// Whether bars are compared as numbers: ccxt gives doubles, exchanges texts.
  private let comparesNumbers: Bool

  init(comparesNumbers: Bool = false) { self.comparesNumbers = comparesNumbers }

  var description: String {
    "\(whole) whole, \(refused) refused, \(unavailable) unavailable, \(withLostBars) with lost bars"
  }

  /// Collects from an exchange with faults into a data folder of its own, judges what is there, and collects once more from
  /// the honest one, gaps and all.
  mutating func run(
    _ sequence: FaultSequence, _ exchange: NativeExchange, _ source: (World, MadeSleeper) throws -> any CandleSource
  ) throws {
    let note: Comment = "\(exchange) \(sequence)"
    let (world, sleeper) = (try sequence.world(), MadeSleeper(FaultSequence.now * 1000))
    let truth = try world.truth(exchange.symbol, sequence.range)
    let home = try StoredCandles(exchange, at: FaultSequence.now * 1000)
    var collected: CandleCollector.Collected?
    do {
      collected = try home.collect(sequence.range, sleeper) { try source(world, sleeper) }
      whole += 1
    } catch let fault as ExchangeFault {
      switch fault {
      case .lasting, .untrue: refused += 1
      // ccxt takes some answers that are no list of markets for one without any.
      case .unknownSymbol where sequence.mayHideTheMarket || (comparesNumbers && sequence.isOfMarkets): refused += 1
      case .unavailable: unavailable += 1
      default: Issue.record("\(sequence): \(fault)")
      }
    }
    let kept = try home.candles()
    // Never a bar that is not true, whatever happened.
    #expect(Set(kept.map(compared)).isSubset(of: truth.map(compared)), note)
    #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.time < $1.time }, note)
    // A bar that is not there was in none of three answers that it belongs in, and is told: listed as a gap, outside of the
    // first and last bar that it says it has, or where it says that it did not come to.
    let (covered, gaps) = try (home.covered(), home.gaps())
    let denied = try world.denied(exchange.symbol, sequence.range)
    let times = Set(kept.map(\.time))
    let missing = truth.map(\.time).filter { !times.contains($0) }
    let untold = missing.filter { time in
      guard covered.contains(time) else {
        guard let collected else { return false }
        return !(collected.start.map { time < $0 } ?? false || collected.quietSince.map { time >= $0 } ?? false)
      }
      let isOutside = kept.isEmpty || time < kept[0].time || time > kept[kept.count - 1].time
      return !isOutside && !gaps.contains { $0.contains(time) }
    }
    #expect(untold.isEmpty, note)
    let lost = missing.filter { covered.contains($0) || collected != nil }
    #expect(lost.allSatisfy { denied[$0, default: 0] >= 3 }, note)
    #expect(gaps.allSatisfy { gap in !times.contains { gap.contains($0) } }, note)
    if !lost.isEmpty { withLostBars += 1 }
    if sequence.hidingCount < 3 { #expect(lost.isEmpty, note) }
    // The same command with --again, once the exchange is honest, ends in all of them from the first to the last.
    let honest = try sequence.world(isHonest: true)
    try home.collect(sequence.range, sleeper, again: true) { try source(honest, sleeper) }
    let all = try home.candles()
    let bounds = (all.first?.time ?? 0)...(all.last?.time ?? 0)
    #expect(all.map(compared) == truth.filter { bounds.contains($0.time) }.map(compared), note)
    if sequence.hidingCount < 3 { #expect(all.count == truth.count, note) }
  }

  /// A bar as it is compared.
  private func compared(_ candle: Candle) -> [String] {
    let fields = [candle.open, candle.high, candle.low, candle.close, candle.volume]
    return ["\(candle.time)"] + (comparesNumbers ? fields.map { "\(Double($0) ?? .nan)" } : fields)
  }
}

/// Bars of an hour in a data folder, collected as the command does it.
private final class StoredCandles {
  private let data: TemporaryData
  private let origin: CandleOrigin
  private let symbol: String
  private let now: Int64

  init(_ exchange: NativeExchange, at now: Int64) throws {
    data = try TemporaryData()
    (symbol, self.now) = (exchange.symbol, now)
    origin = MadeCandles.origin(symbol: exchange.symbol)
  }

  private func writer() throws -> CandleWriter {
    try CandleWriter(data.folder, MadeCandles.name(), origin) { [now] in now }
  }

  func covered() throws -> Coverage { try writer().covered }

  func gaps() throws -> [Range<Int64>] { try writer().gaps() }

  /// Opens the source, looks the market up, and collects.
  ///
  /// - Parameter again: whether gaps are asked for again.
  @discardableResult
  func collect(
    _ range: Range<Int64>, _ sleeper: MadeSleeper, again: Bool = false, from open: () throws -> any CandleSource
  ) throws -> CandleCollector.Collected {
    func persisting<Value>(_ request: () throws(ExchangeFault) -> Value) throws(ExchangeFault) -> Value {
      try Persistence().attempt(sleeper: sleeper, fraction: { 0.5 }, tell: { _ in }, request)
    }
    let source = try persisting { () throws(ExchangeFault) -> any CandleSource in
      do {
        return try open()
      } catch {
        throw error as? ExchangeFault ?? .unavailable("\(error)")
      }
    }
    let symbol = symbol
    let market = try persisting { () throws(ExchangeFault) in try source.market(symbol) }
    guard let step = CandleStep("1h") else { throw World.Missing() }
    let writer = try writer()
    var collector = CandleCollector(source, market, step, sleeper: sleeper)
    collector.fraction = { 0.5 }
    return try collector.collect(
      range, covered: again ? writer.covered.without(writer.gaps()) : writer.covered,
      add: { try writer.add($0, covering: $1) })
  }

  /// The rows of the raw files.
  func candles() throws -> [Candle] {
    try data.files(below: "raw") { !$0.hasSuffix(".csv") }.sorted { $0.key < $1.key }.flatMap { _, bytes in
      try String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
        let fields = line.split(separator: ",").map(String.init)
        let time = try #require(fields.count == 6 ? Timestamp.milliseconds(fields[0]) : nil)
        return Candle(
          time: time, open: fields[1], high: fields[2], low: fields[3], close: fields[4], volume: fields[5])
      }
    }
  }
}
