import Documents
import Markets
import Testing

@Suite("Prices beyond all numbers")
struct PriceReachTests {
  private func market(
    drift: Double = 0, volatility: Double = 0.3, days: Int = 1, warmup: Int = 0, price: Double = 100
  ) throws -> Market {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: days, warmup: warmup)
    return try Market(
      scenario: Scenario(
        title: "far", clock: clock, assets: [SmallMarket.asset("A", price: price)],
        movement: .processes([SmallMarket.gbm(volatility, drift: drift)], GaussianDependence())), seed: 1)
  }

  /// Measured before: an illegal instruction, where the first price that is no number is counted.
  @Test("a drift that carries the price beyond them is refused, at the drift")
  func drift() {
    let violation = #expect(throws: FormViolation.self) { _ = try market(drift: 10, days: 20_000) }
    let start =
      "assets/A/process/annualDrift: over the 79.4 years to the horizon the price can pass 1e60 times its start"
    #expect(violation?.description.hasPrefix(start) == true)
  }

  @Test("a warm-up over which the price must have come down from beyond them is refused, at the volatility")
  func warmup() {
    let violation = #expect(throws: FormViolation.self) { _ = try market(volatility: 20, warmup: 2000) }
    let start = "assets/A/process/annualVolatility: over the 7.9 years of the warm-up"
    #expect(violation?.description.hasPrefix(start) == true)
  }

  /// What is not refused is a number on all paths: drift and volatility near the bound, up, down and backwards.
  @Test(
    "what is not refused stays a number",
    arguments: [(10.0, 0.3, 2500, 0), (-10, 0.3, 20_000, 0), (0, 20, 20_000, 0), (0, 20, 10, 40), (-10, 1, 10, 2500)])
  func numbers(_ drift: Double, _ volatility: Double, _ days: Int, _ warmup: Int) throws {
    for path in try market(drift: drift, volatility: volatility, days: days, warmup: warmup).bars(paths: 8, groups: 1) {
      for bars in path {
        let bar = bars[0]
        let prices = [bar.open, bar.high, bar.low, bar.close]
        let areNumbers = prices.allSatisfy { $0 > 0 && $0.isFinite && ($0 * $0).isFinite }
        #expect(areNumbers, "\(prices)")
        if !areNumbers { return }
      }
    }
  }

  /// Measured before: an illegal instruction at severity 10 of the repository's own crash, whose volatility is then 5¹⁰ times
  /// the usual, and the price e to the minus millions.
  @Test("an event's volatility at a high severity leaves prices above nothing", arguments: [5.0, 8])
  func severity(_ severity: Double) throws {
    let crash = SmallMarket.crash(
      start: 600, multipliers: FlashCrash.Multipliers(volatility: .fixed(9), halfLife: .fixed(1800)))
    let clock = try SmallMarket.clock(steps: 120, warmup: 5)
    let scenario = SmallMarket.scenario(clock, [SmallMarket.gbm(0.8)], latency: 20, events: [crash])
    for path in try Market(scenario: scenario, severity: severity, seed: 1).bars(paths: 8, groups: 1) {
      for bars in path {
        let prices = [bars[0].open, bars[0].high, bars[0].low, bars[0].close]
        let areNumbers = prices.allSatisfy { $0 > 0 && $0.isFinite }
        #expect(areNumbers, "\(prices)")
        if !areNumbers { return }
      }
    }
  }

  @Test("events that would carry prices or the book beyond numbers are refused, at the event")
  func events() throws {
    let clock = try SmallMarket.clock(steps: 120)
    func refusal(_ event: NamedEvent, severity: Double) -> String? {
      do {
        _ = try Market(
          scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(), SmallMarket.gbm()], events: [event]),
          severity: severity, seed: 1)
        return nil
      } catch { return "\(error)" }
    }
    let caught = SmallMarket.crash(drop: 0.99, contagion: ["B": .init(beta: .fixed(-10))], multipliers: nil)
    #expect(refusal(caught, severity: 2) == nil)
    #expect(
      refusal(caught, severity: 3)?.hasPrefix("events/crash: at severity 3 events can move the price of \"B\"") == true)
    let thin = SmallMarket.crash(multipliers: .init(depth: .fixed(0.001), halfLife: .fixed(900)))
    #expect(refusal(thin, severity: 8) == nil)
    #expect(refusal(thin, severity: 9)?.hasPrefix("events/crash/multipliers: at severity 9") == true)
  }

  @Test("more jumps on a path than can be drawn one by one are refused, at their rate")
  func jumps() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 252 * 60)
    let scenario = SmallMarket.scenario(
      clock, [try SmallMarket.merton(0.3, rate: 100_000, mean: 0, deviation: 1e-4)])
    let violation = #expect(throws: FormViolation.self) { _ = try Market(scenario: scenario, seed: 1) }
    #expect(violation?.description.hasPrefix("assets/A/process/jumpsPerYear: some 6000000 jumps on a path") == true)
  }

  @Test("ordinary scenarios of centuries are not refused")
  func ordinary() throws {
    _ = try market(drift: 0.1, volatility: 0.5, days: 252 * 300, warmup: 252 * 20)
  }
}
