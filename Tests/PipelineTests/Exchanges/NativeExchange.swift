import Pipeline

/// The exchanges that are asked without another program.
enum NativeExchange: String, CaseIterable, Sendable {
  case binance, kraken, coinbase

  /// A market that all tests ask for.
  var symbol: String { self == .binance ? "BTC/USDT" : "BTC/USD" }

  /// Its source in a world.
  func source(_ world: World, _ sleeper: any Sleeper, timeout: Double = 10) throws -> any CandleSource {
    switch self {
    case .binance: BinanceCandles(at: try world.address, sleeper: sleeper, timeout: timeout)
    case .kraken: KrakenCandles(at: try world.address, sleeper: sleeper, timeout: timeout)
    case .coinbase: CoinbaseCandles(at: try world.address, sleeper: sleeper, timeout: timeout)
    }
  }
}

/// What a test collects into, in place of the data folder.
struct Collecting {
  /// What came home.
  private(set) var candles: [Candle] = []
  /// What was asked for and answered.
  private(set) var covered = Coverage()
  /// What was collected last.
  private(set) var collected: CandleCollector.Collected?
  /// Waits that were told.
  private(set) var pauses: [Persistence.Pause] = []

  /// Collects bars of an hour.
  mutating func collect(
    _ source: any CandleSource, _ symbol: String, _ range: Range<Int64>, step: String = "1h",
    sleeper: MadeSleeper, persistence: Persistence = Persistence()
  ) throws {
    guard let step = CandleStep(step) else { throw World.Missing() }
    let market = try source.market(symbol)
    var collector = CandleCollector(source, market, step, sleeper: sleeper)
    collector.persistence = persistence
    collector.fraction = { 0.5 }
    // What was added before a fault stays.
    let box = Box(candles, covered)
    defer { (candles, covered, pauses) = (box.candles.sorted { $0.time < $1.time }, box.covered, box.pauses) }
    collected = try collector.collect(
      range, covered: covered,
      add: { more, range in
        box.candles += more
        box.covered.insert(range)
      },
      tell: { if case .pause(let pause) = $0 { box.pauses.append(pause) } })
  }

  private final class Box {
    var candles: [Candle]
    var covered: Coverage
    var pauses: [Persistence.Pause] = []

    init(_ candles: [Candle], _ covered: Coverage) { (self.candles, self.covered) = (candles, covered) }
  }

  /// The stretches that were answered and have no bar, bars of an hour.
  var gaps: [Range<Int64>] {
    let times = Set(candles.map(\.time))
    var gaps = Coverage()
    for range in covered.ranges {
      for time in stride(from: range.lowerBound, to: range.upperBound, by: 3_600_000) where !times.contains(time) {
        gaps.insert(time..<(time + 3_600_000))
      }
    }
    return gaps.ranges
  }
}
