import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// The flash crash against its closed forms; base volatility 0 where the text is about the offset alone.
struct FlashCrashTests {
  private func closes(
    _ event: NamedEvent, steps: Int = 120, step: Double = 60, latency: Double = 0, severity: Double = 1
  ) throws -> [PathBar] {
    let clock = try SmallMarket.clock(step: step, steps: steps)
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(0), SmallMarket.gbm(0)], latency: latency, events: [event])
    return try Market(scenario: scenario, severity: severity, seed: 1).bars(paths: 1, groups: 1)[0].map { $0[0] }
  }

  @Test("the trough is 1 − D, the end 1 − D(1 − R), and half of the way back is gone after a half-life")
  func closedForms() throws {
    let (drop, fraction) = (0.2, 0.6)
    let bars = try closes(
      SmallMarket.crash(start: 600, drop: drop, duration: 300, fraction: fraction, halfLife: 600), steps: 600)
    #expect(abs(bars[14].close / 100 - (1 - drop)) < 1e-14)
    let end = log(1 - drop * (1 - fraction))
    let half = log(1 - drop) + 0.5 * (end - log(1 - drop))
    #expect(abs(log(bars[24].close / 100) - half) < 1e-14)
    #expect(abs(log(bars[599].close / 100) - end) < 1e-13)
    // In the fall the offset is ℓ·u^q.
    #expect(abs(log(bars[11].close / 100) - log(1 - drop) * pow(2.0 / 5, 1.5)) < 1e-14)
  }

  @Test("a crash much shorter than a step still reaches its low", arguments: [0.0, 30, 50])
  func shortCrashReachesItsLow(latency: Double) throws {
    // Falls for 6 s and is back after minutes of half-lives of 6 s, all inside one step of a minute.
    let event = SmallMarket.crash(start: 605, drop: 0.3, duration: 6, fraction: 1, halfLife: 6, multipliers: nil)
    let bars = try closes(event, latency: latency)
    #expect(abs(bars[10].low / 70 - 1) < 1e-13)
    #expect(bars[10].close > 98 && bars[10].open == 100)
    #expect(bars[11].low > 98)
    // With the trough after the arrival only the part after it has the low.
    let isAfter = latency < 11
    #expect((bars[10].numbers[8] < 71) == isAfter)
    #expect((bars[10].numbers[6] < 71) == !isAfter)
  }

  @Test("with noise around it the low is drawn around the trough's price, from the bridge")
  func knotsBelongToTheBridge() throws {
    let clock = try SmallMarket.clock(step: 3600, steps: 3)
    let event = SmallMarket.crash(start: 4000, drop: 0.3, duration: 60, fraction: 1, halfLife: 60, multipliers: nil)
    let calm = try Market(
      scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0.5)], latency: 600), seed: 2
    ).bars(paths: 4096, groups: 32)
    let hit = try Market(
      scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0.5)], latency: 600, events: [event]), seed: 2
    ).bars(paths: 4096, groups: 32)
    // The base price at the trough, 460 s into step 1: between open and close its bridge has this variance, and the
    // low lies under it by the extremes of both pieces.
    var lows = SampleMoments()
    for path in 0..<4096 {
      let bar = hit[path][1][0]
      lows.add(log(bar.low / (0.7 * bar.open)))
      #expect(calm[path][0][0] == hit[path][0][0])
    }
    // Steep on both sides, the low is the trough's: its base has mean 0 and variance v·u(1 − u)… plus the open-to-close
    // move's share; the extremes push it down a little.
    let v = 0.25 * clock.intradayYears * 460.0 / 3600
    #expect(lows.mean < 0 && lows.mean > -1.5 * v.squareRoot())
    #expect(lows.variance > 0.5 * v && lows.variance < 2 * v)
  }

  @Test("with D and R drawn independently, E[S_T/S_base] = 1 − E[D](1 − E[R]) long after")
  func meanOfDrawnCrashes() throws {
    let clock = try SmallMarket.clock(step: 3600, steps: 48)
    let event = NamedEvent(
      "crash",
      FlashCrash(
        asset: "A", start: .between(3600, 7200), drop: .between(0.05, 0.45), fall: .init(duration: .fixed(1800)),
        recovery: .init(fraction: .between(0.2, 1), halfLife: .fixed(3600))))
    let market = try Market(
      scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0)], events: [event]), seed: 3)
    var moments = SampleMoments()
    market.walk(paths: 20_000, groups: 32) { tile in
      guard tile.step == 47 else { return }
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count { moments.add(tile.bars[group].close[lane] / 100) }
      }
    }
    // 4 standard errors: a false alarm in 16,000.
    #expect(abs(moments.mean - (1 - 0.25 * (1 - 0.6))) < 4 * moments.standardError)
  }

  @Test("multipliers of a step are M to the power of the window's mean over it")
  func multipliersAverageTheWindow() throws {
    let event = SmallMarket.crash(start: 630, duration: 60, shape: 1, halfLife: 300)
    let bars = try closes(event)
    let depth = { (window: Double) in 10_000 * pow(0.1, window) }
    #expect(bars[9].depth == 10_000)
    // Half a step of the rise: ∫₀^½ u du.
    #expect(abs(bars[10].depth / depth(0.125) - 1) < 1e-13)
    // The rest of the rise, and half a step of the decay with a half-life of 15 steps.
    let decay = 15 / log(2.0) * (1 - pow(2, -0.5 / 15))
    #expect(abs(bars[11].depth / depth(0.375 + decay) - 1) < 1e-13)
    let later = 15 / log(2.0) * (pow(2, -19.5 / 15) - pow(2, -20.5 / 15))
    #expect(abs(bars[31].depth / depth(later) - 1) < 1e-12)
  }

  @Test("contagion is beta times the offset, a lag later")
  func contagion() throws {
    let clock = try SmallMarket.clock(steps: 100)
    let event = SmallMarket.crash(contagion: ["B": .init(beta: .fixed(0.5), lag: .fixed(180))])
    let scenario = SmallMarket.scenario(clock, [SmallMarket.gbm(0), SmallMarket.gbm(0)], events: [event])
    let path = try Market(scenario: scenario, seed: 1).bars(paths: 1, groups: 1)[0]
    for step in 0..<97 {
      let lead = log(path[step][0].close / 100)
      let follower = log(path[step + 3][1].close / 100)
      #expect(abs(follower - 0.5 * lead) < 1e-14)
    }
  }

  @Test("the event's window goes from its start to four half-lives after the trough")
  func window() throws {
    let bars = try closes(SmallMarket.crash(start: 630, duration: 300, halfLife: 300), steps: 120)
    // Trough at 930 s; the multipliers' half-life of 900 s is the longer one: until 4530 s.
    for (step, bar) in bars.enumerated() { #expect(bar.inWindow == (step >= 10 && step <= 75)) }
  }
}
