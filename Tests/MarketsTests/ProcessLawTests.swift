import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Price processes against their laws. Tolerances are 4 standard errors (a false alarm in 16,000); seeds are fixed.
struct ProcessLawTests {
  /// Log returns from t = 0 to the horizon of one asset.
  private func finalReturns(_ scenario: Scenario, paths: Int, asset: Int = 0, seed: UInt64) throws -> [Double] {
    let market = try Market(scenario: scenario, seed: seed)
    var returns: [Double] = []
    market.walk(paths: paths, groups: 32) { tile in
      guard tile.step == scenario.clock.steps - 1 else { return }
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count {
          returns.append(
            Glibc.log(tile.bars[asset * tile.groups + group].close[lane] / scenario.assets[asset].price))
        }
      }
    }
    return returns
  }

  @Test("GBM keeps E[S_T] = S₀·exp(μT), in sessions and without end", arguments: [true, false])
  func gbmIsAMartingale(sessions: Bool) throws {
    let clock = try SmallMarket.clock(sessions: sessions, step: 3600 * (sessions ? 0.5 : 1), steps: 520)
    let scenario = SmallMarket.scenario(clock, [SmallMarket.gbm(0.4, drift: 0.2)])
    let years = clock.years(clock.steps)
    var moments = SampleMoments()
    for r in try finalReturns(scenario, paths: 100_000, seed: 1) { moments.add(Glibc.exp(r - 0.2 * years)) }
    #expect(Swift.abs(moments.mean - 1) < 4 * moments.standardError)
  }

  @Test("Merton keeps E[S_T] = S₀·exp(μT), also when an event multiplies its volatility")
  func mertonIsAMartingale() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 130)
    let process = try SmallMarket.merton(0.5, rate: 60, mean: -0.03, deviation: 0.04, drift: 0.1)
    let years = clock.years(clock.steps)
    // A full recovery with a half-life of half an hour is over at the horizon; the volatility was tripled.
    let event = SmallMarket.crash(start: 36_000, drop: 0.2, duration: 3600, fraction: 1, halfLife: 1800)
    for events in [[], [event]] {
      var moments = SampleMoments()
      let scenario = SmallMarket.scenario(clock, [process], events: events)
      for r in try finalReturns(scenario, paths: 200_000, seed: 2) { moments.add(Glibc.exp(r - 0.1 * years)) }
      #expect(Swift.abs(moments.mean - 1) < 4 * moments.standardError, "\(events.count) events: \(moments.mean)")
    }
  }

  @Test("GBM's log return is normal (Kolmogorov-Smirnov), gaps included")
  func gbmIsNormal() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 39)
    let scenario = SmallMarket.scenario(clock, [SmallMarket.gbm(0.3, drift: 0.1)])
    let years = clock.years(clock.steps)
    let uniforms = try finalReturns(scenario, paths: 50_000, seed: 3).map { r in
      let z = (r - (0.1 - 0.045) * years) / (0.3 * years.squareRoot())
      return 0.5 * erfc(-z / 2.0.squareRoot())
    }
    // scipy.stats.kstwobign.isf(1e-4)
    #expect(kolmogorovSmirnov(uniforms) < 2.225)
  }

  @Test("Merton has its cumulants: total variance, skewness and kurtosis")
  func mertonHasItsCumulants() throws {
    // 20 days of a year of 252: λT = 4.8 jumps.
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 20)
    let (rate, m, s) = (60.0, -0.03, 0.04)
    let years = clock.years(clock.steps)
    let scenario = SmallMarket.scenario(clock, [try SmallMarket.merton(0.5, rate: rate, mean: m, deviation: s)])
    let returns = try finalReturns(scenario, paths: 400_000, seed: 4)
    let n = Double(returns.count)
    let mean = returns.reduce(0, +) / n
    let central = (2...8).map { power in
      returns.reduce(0) { $0 + Glibc.pow($1 - mean, Double(power)) } / n
    }
    let (m2, m3, m4) = (central[0], central[1], central[2])
    let (m6, m8) = (central[4], central[6])
    let c2 = 0.25 * years
    let c3 = rate * years * (m * m * m + 3 * m * s * s)
    let c4 = rate * years * (m * m * m * m + 6 * m * m * s * s + 3 * s * s * s * s)
    // Standard errors of central moments (Stuart & Ord, *Kendall's Advanced Theory of Statistics* I, 10.9).
    let error2 = ((m4 - m2 * m2) / n).squareRoot()
    let error3 = ((m6 - m3 * m3 - 6 * m4 * m2 + 9 * m2 * m2 * m2) / n).squareRoot()
    let error4 = ((m8 - m4 * m4 - 8 * central[3] * m3 + 16 * m2 * m3 * m3) / n).squareRoot()
    #expect(Swift.abs(m2 - c2) < 4 * error2, "variance \(m2), should be \(c2)")
    #expect(Swift.abs(m3 - c3) < 4 * error3, "third cumulant \(m3), should be \(c3)")
    #expect(Swift.abs(m4 - (c4 + 3 * c2 * c2)) < 4 * error4, "fourth moment \(m4), should be \(c4 + 3 * c2 * c2)")
  }

  @Test("Merton's calls at three strikes cost what the characteristic function says", arguments: [false, true])
  func mertonsCalls(nights: Bool) throws {
    let (rate, mean, deviation) = (1.0, -0.1, 0.15)
    let clock = try SmallMarket.coarseClock(stepsPerYear: 8, steps: 4, nights: nights)
    let total = (0.04 + rate * (mean * mean + deviation * deviation)).squareRoot()
    let process = try SmallMarket.merton(total, rate: rate, mean: mean, deviation: deviation, drift: 0.03)
    let prices = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 9).finalPrices(paths: 400_000)
    for strike in [85.0, 100, 115] {
      let z = callScore(prices, strike: strike, rate: 0.03, 0.5) { u in
        CharacteristicFunction.diffusion(0.2, 0.5)(u)
          + CharacteristicFunction.normalJumps(rate, mean, deviation, 0.5)(u)
      }
      #expect(Swift.abs(z) < 4, "strike \(strike): \(z)")
    }
  }

  @Test("jumps come at their rate, in the warm-up too, and land at opens only")
  func jumpsComeAtTheirRate() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 130, warmup: 130, substeps: 1)
    // Jumps of exactly −5 %, and next to no diffusion between them.
    let rate = 40.0
    let process = try SmallMarket.merton(
      (rate * 0.0025 * (1 + 1e-10)).squareRoot(), rate: rate, mean: -0.05, deviation: 0)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 5)
    var previous = ContiguousArray<Lanes>()
    // What jumps at the open is compensated there, for the night before it and the step after it.
    func compensation(_ step: Int) -> Double {
      let (gap, intraday) = clock.varianceYears(step)
      return -rate * expm1(-0.05) * (gap + intraday)
    }
    var counts = (warmup: 0.0, live: 0.0, moved: 0)
    market.walk(paths: 4096, groups: 32) { tile in
      if tile.step > -130 {
        for group in 0..<tile.groups {
          for lane in 0..<Lanes.count {
            let bar = tile.bars[group]
            let jumps = (compensation(tile.step) - Glibc.log(bar.open[lane] / previous[group][lane])) / 0.05
            let count = (jumps - 0.02).rounded(.up)
            if tile.step < 0 { counts.warmup += count } else { counts.live += count }
            if Swift.abs(bar.close[lane] / bar.open[lane] - 1) > 0.003 { counts.moved += 1 }
          }
        }
      }
      previous = ContiguousArray((0..<tile.groups).map { tile.bars[$0].close })
    }
    #expect(counts.moved == 0)
    for (count, steps) in [(counts.warmup, 129.0), (counts.live, 130)] {
      // The first step of the warm-up has no close before it here; it opens a session.
      let missing = steps == 129 ? clock.gapYears + clock.intradayYears : 0
      let expected = 4096 * rate * (10.0 / 252 - missing)
      #expect(Swift.abs(count - expected) < 4 * expected.squareRoot(), "\(count) jumps, \(expected) expected")
    }
  }

  /// Daily bars, 20 jumps a year of −10 %, nights at 35 % of the variance. Four standard errors: 6e-5 by chance for each.
  /// Measured before: an open 0.49 % too low and a close as much too high. Planted mistake: jumps that land at the open and
  /// are compensated from there to the close.
  @Test(
    "with jumps at zero drift neither the way to the open nor that to the close earns anything", arguments: [1, 32])
  func opensEarnNothing(substeps: Int) throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 60, warmup: 1, substeps: substeps)
    let process = try SmallMarket.merton(0.6, rate: 20, mean: -0.1, deviation: 0.02)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 17)
    var previous = ContiguousArray<Lanes>()
    var (night, session) = (SampleMoments(), SampleMoments())
    market.walk(paths: 8192, groups: 32) { tile in
      if tile.step >= 0 {
        for group in 0..<tile.groups {
          for lane in 0..<Lanes.count {
            night.add(tile.bars[group].open[lane] / previous[group][lane] - 1)
            session.add(tile.bars[group].close[lane] / tile.bars[group].open[lane] - 1)
          }
        }
      }
      previous = ContiguousArray((0..<tile.groups).map { tile.bars[$0].close })
    }
    for moments in [night, session] { #expect(abs(moments.mean) < 4 * moments.standardError, "\(moments.mean)") }
  }

  @Test("a day's variance is split between the night and the session as the calendar says")
  func sessionsSplitVariance() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 11_700, steps: 20)
    let market = try Market(scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0.4)]), seed: 6)
    var gaps = SampleMoments()
    var moves = SampleMoments()
    var previous = ContiguousArray(repeating: Lanes(100), count: 32)
    market.walk(paths: 8192, groups: 32) { tile in
      if tile.step == 0 { previous = ContiguousArray(repeating: Lanes(100), count: 32) }
      for group in 0..<tile.groups {
        let bar = tile.bars[group]
        for lane in 0..<Lanes.count {
          let gap = Glibc.log(bar.open[lane] / previous[group][lane])
          if tile.step % 2 == 0 { gaps.add(gap) } else { #expect(gap == 0) }
          moves.add(Glibc.log(bar.close[lane] / bar.open[lane]))
        }
        previous[group] = bar.close
      }
    }
    for (moments, share) in [(gaps, 0.35), (moves, 0.65 / 2)] {
      let expected = 0.16 / 252 * share
      #expect(Swift.abs(moments.variance / expected - 1) < 4 * (2 / moments.count).squareRoot())
    }
  }

  @Test("diffusions have the correlation that was asked, and independent processes none")
  func correlationsAreRight() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 1)
    let rho = -0.6
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(0.2), SmallMarket.gbm(0.5), SmallMarket.gbm(0.3)],
      correlations: [AssetPair("C", "A"): rho])
    let market = try Market(scenario: scenario, seed: 8)
    var products = [0.0, 0, 0]
    var squares = [0.0, 0, 0]
    market.walk(paths: 100_000, groups: 32) { tile in
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count {
          let r = (0..<3).map { Glibc.log(tile.bars[$0 * tile.groups + group].close[lane] / 100) }
          for index in 0..<3 { squares[index] += r[index] * r[index] }
          products[0] += r[0] * r[1]
          products[1] += r[0] * r[2]
          products[2] += r[1] * r[2]
        }
      }
    }
    let found = [
      products[0] / (squares[0] * squares[1]).squareRoot(), products[1] / (squares[0] * squares[2]).squareRoot(),
      products[2] / (squares[1] * squares[2]).squareRoot(),
    ]
    // Fisher's z has standard error 1/√(n − 3).
    for (correlation, expected) in zip(found, [0, rho, 0]) {
      #expect(Swift.abs(atanh(correlation) - atanh(expected)) < 4 / 100_000.0.squareRoot())
    }
  }
}
