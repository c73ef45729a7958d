import Lanes
import MarketData
import Markets
import Randomness
import Testing
import Trading

/// Gate G1 for events without an offset of their own, and for those that go up or down with mean price 0.
@Suite("Mean prices under events")
struct EventMartingaleTests {
  /// Without drift the mean of the price that is shown at the horizon is that at t = 0: |z| < 4 on 65,536 paths, 6.3e-5 by
  /// chance for each.
  ///
  /// Planted mistake: a volatility that multiplies the move and not its compensation.
  @Test("stay where they were", arguments: FairEvent.fair(at: [0.5, 1, 2]))
  func stay(event: FairEvent, severity: Double) throws {
    let scenario = Scenario(
      title: "martingale", clock: try continuousClock(step: 1800, steps: 24),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity())],
      movement: .processes(
        [
          try MertonJumpDiffusion(
            annualDrift: .fixed(0), annualVolatility: .fixed(1.5), jumpsPerYear: .fixed(1000), meanJump: .fixed(-0.02),
            jumpVolatility: .fixed(0.02))
        ], GaussianDependence()), venue: freeVenue(latency: 600),
      events: [NamedEvent("event", event.make(1800))])
    let tile = try Market(scenario: scenario, severity: severity, seed: 77).makeTile(groups: 64)
    var sums = SampleSums()
    for first in stride(from: 0, to: 65_536, by: 512) {
      tile.reset(firstPath: UInt64(first))
      for _ in 0..<24 { tile.advance() }
      for group in 0..<64 {
        for lane in 0..<Lanes.count { sums.add(tile.bars[group].close[lane] / 100 - 1) }
      }
    }
    #expect(abs(sums.mean) < 4 * sums.standardError, "\(event.name): \(sums.mean) ± \(sums.standardError)")
  }
}
