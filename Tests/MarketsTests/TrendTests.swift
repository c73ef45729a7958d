import Glibc
import MarketData
import Markets
import Randomness
import Testing

/// The trend against its closed form; base volatility 0.
struct TrendTests {
  private func bars(_ events: [NamedEvent], severity: Double = 1) throws -> [[PathBar]] {
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(steps: 90), [SmallMarket.gbm(0), SmallMarket.gbm(0)], events: events)
    return try Market(scenario: scenario, severity: severity, seed: 1).bars(paths: 1, groups: 1)[0]
  }

  /// Planted mistake: a line in price.
  @Test(
    "it is a line in log price to 1 + c, which stays; beta times that on others, a lag later", arguments: [-0.5, 0.8])
  func line(_ change: Double) throws {
    let event = NamedEvent(
      "bear",
      Trend(
        asset: "A", start: .fixed(600), change: .fixed(change), duration: .fixed(1800),
        contagion: ["B": .init(beta: .fixed(-0.5), lag: .fixed(120))]))
    for theta in [1, 2.5] {
      let path = try bars([event], severity: theta)
      for step in path.indices {
        let expected = { (seconds: Double) in
          theta * log(1 + change) * min(1, max(0, (seconds - 600) / 1800))
        }
        let close = Double(step + 1) * 60
        #expect(abs(log(path[step][0].close / 100) - expected(close)) < 1e-14)
        #expect(abs(log(path[step][1].close / 100) + 0.5 * expected(close - 120)) < 1e-14)
      }
    }
  }

  @Test("its end inside a step is met: with a fall after it the high is there")
  func knot() throws {
    let rise = NamedEvent("bull", Trend(asset: "A", start: .fixed(0), change: .fixed(0.2), duration: .fixed(1815)))
    let fall = NamedEvent(
      "fall",
      Trend(
        asset: "A", start: .triggered(AfterTrigger(event: "bull", moment: .end)), change: .fixed(-0.2),
        duration: .fixed(15)))
    let path = try bars([rise, fall])
    #expect(abs(path[30][0].high / 120 - 1) < 1e-13 && abs(path[30][0].close / 96 - 1) < 1e-13)
  }

  @Test("its window lasts as long as it does, with the last of the assets that it reaches")
  func window() throws {
    let event = NamedEvent(
      "bear",
      Trend(
        asset: "A", start: .fixed(630), change: .fixed(-0.1), duration: .fixed(600),
        contagion: ["B": .init(beta: .fixed(1), lag: .fixed(300))]))
    for (step, bar) in try bars([event]).enumerated() { #expect(bar[0].inWindow == (step >= 10 && step <= 25)) }
  }
}
