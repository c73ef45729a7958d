import Documents
import Lanes
import MarketData
import Markets
import Randomness

/// Small markets for tests.
enum SmallMarket {
  /// A clock of a market that never closes, or of New York's sessions with an overnight share of 0.35.
  static func clock(
    sessions: Bool = false, step: Double = 60, steps: Int, warmup: Int = 0, overnightShare: Double = 0.35,
    substeps: Int? = nil
  ) throws -> Clock {
    let calendar: TradingCalendar
    if sessions, let open = TimeOfDay("09:30"), let close = TimeOfDay("16:00") {
      calendar = try .sessions(
        open: open, close: close, timeZone: "America/New_York", overnightVarianceShare: overnightShare)
    } else {
      calendar = .continuous()
    }
    return try Clock(
      calendar: calendar, step: step, length: step * Double(steps), warmup: step * Double(warmup),
      start: CalendarDay(daysSince1970: 19_725), substeps: substeps)
  }

  static let liquidity = Liquidity(
    halfSpreadBps: 2, volumePerDay: 1_000_000, depthTo1Percent: 10_000, refillHalfLifeSeconds: 20)

  static func asset(_ name: String, price: Double = 100) -> AssetTerms {
    AssetTerms(name: name, price: price, liquidity: liquidity)
  }

  /// Assets A, B, … with one process each.
  static func scenario(
    _ clock: Clock, _ processes: [any PriceProcess], correlations: [AssetPair: Double] = [:],
    dependence: (any Dependence)? = nil, latency: Double = 0, events: [NamedEvent] = [], title: String = "small"
  ) -> Scenario {
    let names = processes.indices.map { String(UnicodeScalar(UInt8(65 + $0))) }
    return Scenario(
      title: title, clock: clock, assets: names.map { asset($0) },
      movement: .processes(processes, dependence ?? GaussianDependence(correlations)),
      venue: VenueTerms(latencySeconds: latency),
      events: events)
  }

  static func gbm(_ volatility: Double = 0.3, drift: Double = 0) -> GeometricBrownianMotion {
    GeometricBrownianMotion(annualDrift: .fixed(drift), annualVolatility: .fixed(volatility))
  }

  static func merton(
    _ volatility: Double = 0.3, rate: Double = 50, mean: Double = -0.02, deviation: Double = 0.02, drift: Double = 0
  ) throws -> MertonJumpDiffusion {
    try MertonJumpDiffusion(
      annualDrift: .fixed(drift), annualVolatility: .fixed(volatility), jumpsPerYear: .fixed(rate),
      meanJump: .fixed(mean), jumpVolatility: .fixed(deviation))
  }

  /// A crash of asset A at fixed times; seconds.
  static func crash(
    start: Double = 600, drop: Double = 0.1, duration: Double = 300, shape: Double = 1.5, fraction: Double = 0.6,
    halfLife: Double = 600, contagion: Named<Contagion> = [:],
    multipliers: FlashCrash.Multipliers? = FlashCrash.Multipliers(
      volatility: .fixed(3), halfSpread: .fixed(8), depth: .fixed(0.1), volume: .fixed(4), halfLife: .fixed(900))
  ) -> NamedEvent {
    NamedEvent(
      "crash",
      FlashCrash(
        asset: "A", start: .fixed(start), drop: .fixed(drop),
        fall: .init(duration: .fixed(duration), shape: .fixed(shape)),
        recovery: .init(fraction: .fixed(fraction), halfLife: .fixed(halfLife)), contagion: contagion,
        multipliers: multipliers))
  }

  /// The same of a price that may be negative, in starting prices.
  static func arithmeticCrash(
    start: Double = 600, change: Double = -0.1, duration: Double = 300, shape: Double = 1.5, fraction: Double = 0.6,
    halfLife: Double = 600, contagion: Named<Contagion> = [:],
    multipliers: FlashCrash.Multipliers? = FlashCrash.Multipliers(
      volatility: .fixed(3), halfSpread: .fixed(8), depth: .fixed(0.1), volume: .fixed(4), halfLife: .fixed(900))
  ) -> NamedEvent {
    NamedEvent(
      "crash",
      ArithmeticCrash(
        asset: "A", start: .fixed(start), change: .fixed(change),
        fall: .init(duration: .fixed(duration), shape: .fixed(shape)),
        recovery: .init(fraction: .fixed(fraction), halfLife: .fixed(halfLife)), contagion: contagion,
        multipliers: multipliers))
  }
}

extension Market {
  /// Calls `visit` after every step (warm-up included) of tiles that cover `paths`, in order.
  func walk(paths: Int, firstPath: UInt64 = 0, groups: Int = 16, _ visit: (MarketTile) -> Void) {
    let tile = makeTile(groups: groups)
    let width = 8 * groups
    for first in stride(from: 0, to: paths, by: width) {
      tile.reset(firstPath: firstPath + UInt64(first))
      for _ in 0..<(description.clock.warmupSteps + description.clock.steps) {
        tile.advance()
        visit(tile)
      }
    }
  }

  /// All bars of a few paths: [path][step from the first of the warm-up][asset].
  func bars(paths: Int, firstPath: UInt64 = 0, groups: Int) -> [[[PathBar]]] {
    var result: [[[PathBar]]] = Array(repeating: [], count: (paths + 8 * groups - 1) / (8 * groups) * 8 * groups)
    var tileStart = -8 * groups
    walk(paths: paths, firstPath: firstPath, groups: groups) { tile in
      if tile.step == -description.clock.warmupSteps { tileStart += 8 * groups }
      for path in 0..<(8 * groups) {
        result[tileStart + path].append(
          description.assets.indices.map { PathBar(tile, asset: $0, path: path) })
      }
    }
    return Array(result.prefix(paths))
  }
}

/// Everything that one path sees of one asset in one step; equal when every bit is.
struct PathBar: Equatable {
  let numbers: [Double]
  let inWindow: Bool

  init(_ tile: MarketTile, asset: Int, path: Int) {
    let (group, lane) = (path / Lanes.count, path % Lanes.count)
    let bar = tile.bars[asset * tile.groups + group]
    let interior = tile.interiors[asset * tile.groups + group]
    numbers = [
      bar.open, bar.high, bar.low, bar.close, interior.arrival, interior.highBefore, interior.lowBefore,
      interior.highAfter, interior.lowAfter,
      bar.volume, bar.halfSpread, bar.depth, interior.deviation,
    ].map { $0[lane] }
    inWindow = tile.inEventWindow[group][lane]
  }

  var open: Double { numbers[0] }
  var high: Double { numbers[1] }
  var low: Double { numbers[2] }
  var close: Double { numbers[3] }
  var arrival: Double { numbers[4] }
  var volume: Double { numbers[9] }
  var halfSpread: Double { numbers[10] }
  var depth: Double { numbers[11] }
}

/// Mean and variance of a sample, with the standard error of the mean.
struct SampleMoments {
  var count = 0.0
  var sum = 0.0
  var squares = 0.0

  mutating func add(_ x: Double) {
    count += 1
    sum += x
    squares += x * x
  }

  var mean: Double { sum / count }
  var variance: Double { (squares - sum * sum / count) / (count - 1) }
  var standardError: Double { (variance / count).squareRoot() }
}
