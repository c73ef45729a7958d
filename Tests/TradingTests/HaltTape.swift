import Agents
import Documents
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// Hand-written tapes through one rule that halts trading.
enum HaltTape {
  /// A session from 09:30 to 16:00 in steps of so many seconds, and a tape of opens and closes from a moment on.
  static func tile(
    _ rule: any MarketEvent, step: Double, from time: String, _ bars: [(open: Double, close: Double)], day: Int = 0,
    days: Int = 2, severity: Double = 1, assets: Int = 1
  ) throws -> (tile: MarketTile, first: Int) {
    let open = try #require(TimeOfDay("09:30"))
    let calendar = try TradingCalendar.sessions(
      open: open, close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: step, length: 23_400 * Double(days), warmup: 0,
      start: CalendarDay(daysSince1970: 19_725), substeps: 1)
    let moment = try #require(TimeOfDay(time))
    let first = day * clock.stepsPerDay + Int((moment.seconds - open.seconds) / step)
    let flat = Array(repeating: (open: 100.0, close: 100.0), count: first)
    let names = ["A", "B"].prefix(assets)
    let scenario = Scenario(
      title: "tape", clock: clock,
      assets: names.map { AssetTerms(name: $0, price: 100, liquidity: deepLiquidity()) },
      movement: .processes(
        names.indices.map { $0 == 0 ? Tape(bars: flat + bars, from: 100) : Tape(closes: [], from: 100) },
        GaussianDependence()),
      venue: freeVenue(), events: [NamedEvent("halt", rule)])
    let tile = try Market(scenario: scenario, severity: severity, seed: 1).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    for _ in 0..<first { tile.advance() }
    return (tile, first)
  }

  /// Closes and volumes (traded or not) of the next steps.
  static func steps(_ tile: MarketTile, _ count: Int) -> [(close: Double, trades: Bool)] {
    (0..<count).map { _ in
      tile.advance()
      return ((tile.bars[0].close[0] * 1e6).rounded() / 1e6, tile.bars[0].volume[0] > 0)
    }
  }

  /// Chicago's and New York's levels of 7, 13 and 20 %, the first two not from 15:25.
  static func breaker() -> CircuitBreaker {
    CircuitBreaker(
      asset: "A", levels: [.init(fall: 0.07, pause: 900), .init(fall: 0.13, pause: 900), .init(fall: 0.2)],
      notFrom: TimeOfDay("15:25"))
  }
}
