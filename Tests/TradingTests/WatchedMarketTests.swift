import Foundation
import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// The market as what a trigger or a halt watches: the mean of all log prices, from tapes whose means are reckoned by hand.
///
/// Planted mistake: the arithmetic mean of prices.
@Suite("Events that watch the market")
struct WatchedMarketTests {
  /// Two assets that start at 100 and 10,000, each on a tape of bars.
  private func tile(
    _ event: NamedEvent, _ first: [(open: Double, close: Double)], _ second: [(open: Double, close: Double)]
  ) throws -> MarketTile {
    let calendar = try TradingCalendar.sessions(
      open: try #require(TimeOfDay("09:30")), close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 60, length: 60 * Double(first.count), warmup: 0,
      start: CalendarDay(daysSince1970: 19_725), substeps: 1)
    let scenario = Scenario(
      title: "tape", clock: clock,
      assets: [("A", 100.0), ("B", 10_000)].map {
        AssetTerms(name: $0, price: $1, liquidity: deepLiquidity(halfSpreadBps: 10))
      },
      movement: .processes([Tape(bars: first, from: 100), Tape(bars: second, from: 10_000)], GaussianDependence()),
      venue: freeVenue(), events: [event])
    let tile = try Market(scenario: scenario, seed: 1).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    return tile
  }

  private func flat(_ closes: [Double], from start: Double) -> [(open: Double, close: Double)] {
    zip([start] + closes, closes).map { ($0, $1) }
  }

  private func start(_ trigger: any EventTrigger, _ first: [Double], _ second: [Double]) throws -> Double {
    let event = NamedEvent(
      "dry", Drought(start: .triggered(trigger), window: EventWindow(plateau: .fixed(60)), halfSpread: .fixed(3)))
    let tile = try tile(event, flat(first, from: 100), flat(second, from: 10_000))
    for _ in first { tile.advance() }
    return tile.eventStart(0)[0][0]
  }

  /// A falls to 81 % while B stands: the geometric mean to 90 %. Where B rises by 1/0.81 it is where it was, and the arithmetic
  /// mean of prices, which is B's, has risen.
  @Test("a drawdown of the market is that of the geometric mean, whatever the assets cost")
  func drawdown() throws {
    let fall = [100.0, 90, 81, 81, 81]
    let still = [Double](repeating: 10_000, count: 5)
    func trigger(_ depth: Double) -> DrawdownTrigger { DrawdownTrigger(asset: "market", depth: .fixed(depth)) }
    #expect(try start(trigger(0.0999), fall, still) == 3)
    #expect(try start(trigger(0.05), fall, still) == 2)
    #expect(try start(trigger(0.1001), fall, still) == .infinity)
    #expect(try start(trigger(0.01), fall, fall.map { 10_000 * 100 / $0 }) == .infinity)
    #expect(try start(trigger(0.1899), fall, fall.map { $0 * 100 }) == 3)
  }

  /// Both move by 1 % a minute from step 5 on: together the market does too, against each other it stands still.
  @Test("the market's volatility is that of its mean log return")
  func volatility() throws {
    func prices(_ sign: Double, from start: Double) -> [Double] {
      var price = start
      return (0..<20).map { step in
        price *= exp(step < 5 ? 0 : step.isMultiple(of: 2) ? sign * 0.01 : -sign * 0.01)
        return price
      }
    }
    // Minutes of a session have 65 % of the day's variance.
    let trigger = VolatilityTrigger(
      asset: "market", annualVolatility: .fixed(0.006 * (390 * 252 / 0.65).squareRoot()), halfLife: .fixed(120))
    let alone = try start(trigger, prices(1, from: 100), prices(1, from: 10_000))
    #expect(alone.isFinite && alone > 5)
    #expect(try start(trigger, prices(1, from: 100), prices(-1, from: 10_000)) == .infinity)
  }

  /// The mean of −10 % and 0 in log price is −5.1 %: a level of 5 % is called at the close of the step that has it, and both stand
  /// still at their own closes for two minutes.
  @Test("a circuit breaker on the market halts all assets at the close at which the mean has come down so far")
  func breaker() throws {
    let event = NamedEvent("halt", CircuitBreaker(asset: "market", levels: [.init(fall: 0.05, pause: 120)]))
    let tile = try tile(
      event, flat([100, 90, 85, 84, 83, 82], from: 100),
      flat([10_000, 10_000, 9900, 9800, 9700, 9600], from: 10_000))
    let seen = (0..<6).map { _ in
      tile.advance()
      return tile.bars.prefix(2).map { ($0.close[0] * 1e6).rounded() / 1e6 }
    }
    #expect(seen == [[100, 10_000], [90, 10_000], [90, 10_000], [90, 10_000], [83, 9700], [82, 9600]])
    #expect(tile.eventStart(0)[0][0] == 1)
  }

  /// A opens 20 % lower, B 10 % higher: the mean is down by 6.2 % at the open already.
  @Test("where opens have passed a level together, all stand at their opens")
  func gap() throws {
    let event = NamedEvent("halt", CircuitBreaker(asset: "market", levels: [.init(fall: 0.05, pause: 60)]))
    let tile = try tile(
      event, [(100, 100), (80, 70), (70, 70), (70, 71)],
      [(10_000, 10_000), (11_000, 12_000), (12_000, 12_000), (12_000, 12_100)])
    let seen = (0..<4).map { _ in
      tile.advance()
      return tile.bars.prefix(2).map { ($0.close[0] * 1e6).rounded() / 1e6 }
    }
    #expect(seen == [[100, 10_000], [80, 11_000], [80, 11_000], [71, 12_100]])
  }
}
