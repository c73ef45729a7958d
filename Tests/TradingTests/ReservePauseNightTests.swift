import Lanes
import MarketData
import Markets
import Testing
import Trading

@Suite("Reserve pauses and nights")
struct ReservePauseNightTests {
  /// Thirteen half-hours at 100, a night of −10 %, and from 90 a fall of 2 % inside the hour to 88.2.
  ///
  /// Planted mistake: counting that goes on over the night, which stops trading at 98.
  @Test("a night is no fast move, and the open after it is where counting begins")
  func night() throws {
    let open = try #require(TimeOfDay("09:30"))
    let calendar = try TradingCalendar.sessions(
      open: open, close: try #require(TimeOfDay("16:00")), timeZone: "America/New_York")
    let clock = try Clock(
      calendar: calendar, step: 1800, length: 2 * 23_400, warmup: 0, start: CalendarDay(daysSince1970: 19_725),
      substeps: 1)
    let day = Array(repeating: (open: 100.0, close: 100.0), count: 13)
    let next = [(open: 90.0, close: 90.0), (90, 89), (89, 87), (87, 87), (87, 87)]
    let scenario = Scenario(
      title: "tape", clock: clock, assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes([Tape(bars: day + next, from: 100)], GaussianDependence()), venue: freeVenue(),
      events: [NamedEvent("pause", ReservePause(move: 0.02, within: 3600, pause: 1800))])
    let tile = try Market(scenario: scenario, seed: 1).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    let closes = (0..<18).map { _ in
      tile.advance()
      return (tile.bars[0].close[0] * 1e6).rounded() / 1e6
    }
    #expect(closes == Array(repeating: 100, count: 13) + [90, 89, 88.2, 88.2, 87])
    #expect(tile.eventStart(0)[0][0] == 15)
  }
}
