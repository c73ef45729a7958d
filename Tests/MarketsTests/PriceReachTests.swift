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
    let start = "assets/A/process/annualDrift: over the 79.4 years to the horizon the price can pass 1e130"
    #expect(violation?.description.hasPrefix(start) == true)
  }

  @Test("a warm-up over which the price must have come down from beyond them is refused, at the volatility")
  func warmup() {
    let violation = #expect(throws: FormViolation.self) { _ = try market(volatility: 20, warmup: 2000) }
    let start = "assets/A/process/annualVolatility: over the 7.9 years of the warm-up"
    #expect(violation?.description.hasPrefix(start) == true)
  }

  @Test("a start that is hardly a number is refused, at the price")
  func start() {
    let violation = #expect(throws: FormViolation.self) { _ = try market(price: 1e-200) }
    #expect(violation?.description == "assets/A/price: 1e-200 is no price: only 1e-130…1e130 can be computed with")
  }

  /// What is not refused is a number on all paths: drift and volatility near the bound, up, down and backwards.
  @Test(
    "what is not refused stays a number",
    arguments: [(10.0, 0.3, 6000, 0), (-10, 0.3, 20_000, 0), (0, 20, 20_000, 0), (0, 20, 10, 150), (-10, 1, 10, 5000)])
  func numbers(_ drift: Double, _ volatility: Double, _ days: Int, _ warmup: Int) throws {
    for path in try market(drift: drift, volatility: volatility, days: days, warmup: warmup).bars(paths: 8, groups: 1) {
      for bars in path {
        let bar = bars[0]
        #expect(bar.close.isFinite && bar.high.isFinite && bar.low.isFinite && (bar.close * bar.close).isFinite)
        if !bar.close.isFinite { return }
      }
    }
  }

  @Test("ordinary scenarios of centuries are not refused")
  func ordinary() throws {
    _ = try market(drift: 0.1, volatility: 0.5, days: 252 * 300, warmup: 252 * 20)
  }
}
