import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// High and low against the Brownian bridge. Each test fails by chance once in 10⁴ or less; seeds are fixed.
struct BarEstimatorTests {
  /// Parkinson's and Garman–Klass' estimators of a million bars, as fractions of the variance.
  @Test(
    "Parkinson's and Garman-Klass' estimators are unbiased to 0.3 % on a million GBM bars, with and without latency",
    arguments: [0.0, 1, 15, 30])
  func estimatorsAreUnbiased(latency: Double) throws {
    let clock = try SmallMarket.clock(steps: 500)
    let market = try Market(
      scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0.6)], latency: latency), seed: 20_241)
    var parkinson = SampleMoments()
    var garmanKlass = SampleMoments()
    let variance = 0.36 * clock.intradayYears
    market.walk(paths: 2048) { tile in
      for bar in tile.bars {
        for lane in 0..<Lanes.count {
          let up = Glibc.log(bar.high[lane] / bar.open[lane])
          let down = Glibc.log(bar.low[lane] / bar.open[lane])
          let close = Glibc.log(bar.close[lane] / bar.open[lane])
          parkinson.add((up - down) * (up - down) / (4 * Glibc.log(2.0)) / variance)
          // Garman & Klass (1980), J. of Business 53, estimator 5.
          garmanKlass.add(
            (0.511 * (up - down) * (up - down) - 0.019 * (close * (up + down) - 2 * up * down) - 0.383 * close * close)
              / variance)
        }
      }
    }
    #expect(parkinson.count > 1e6)
    #expect(Swift.abs(parkinson.mean - 1) < 0.003, "Parkinson: \(parkinson.mean)")
    #expect(Swift.abs(garmanKlass.mean - 1) < 0.003, "Garman-Klass: \(garmanKlass.mean)")
  }

  @Test("the high follows the law of the bridge's maximum given both ends, and so does the low (Kolmogorov-Smirnov)")
  func extremesFollowTheirLaws() throws {
    let clock = try SmallMarket.clock(steps: 40)
    let market = try Market(scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0.6)]), seed: 7)
    var highs: [Double] = []
    var lows: [Double] = []
    let variance = 0.36 * clock.intradayYears
    market.walk(paths: 1024) { tile in
      for bar in tile.bars {
        for lane in 0..<Lanes.count {
          let up = Glibc.log(bar.high[lane] / bar.open[lane])
          let down = Glibc.log(bar.low[lane] / bar.open[lane])
          let close = Glibc.log(bar.close[lane] / bar.open[lane])
          highs.append(Glibc.exp(-2 * up * (up - close) / variance))
          lows.append(Glibc.exp(-2 * down * (down - close) / variance))
        }
      }
    }
    // The critical value of √n·D at a false-alarm rate of 10⁻⁴ is 2.225 (scipy.stats.kstwobign.isf(1e-4)).
    #expect(kolmogorovSmirnov(highs) < 2.225)
    #expect(kolmogorovSmirnov(lows) < 2.225)
  }

  @Test("a diffusion without variance has no wicks at all")
  func noVarianceNoWicks() throws {
    let clock = try SmallMarket.clock(sessions: true, steps: 400)
    // Volatility 0 by a distribution's edge: GBM takes any number at least 0.
    let market = try Market(
      scenario: SmallMarket.scenario(
        clock, [SmallMarket.gbm(0, drift: 0.5)], latency: 7, events: [SmallMarket.crash(start: 1200)]), seed: 3)
    market.walk(paths: 8, groups: 1) { tile in
      let bar = tile.bars[0]
      for lane in 0..<Lanes.count where !(tile.step >= 20 && tile.step <= 25) {
        let ends = [bar.open[lane], tile.interiors[0].arrival[lane], bar.close[lane]]
        #expect(bar.high[lane] == ends.max() && bar.low[lane] == ends.min())
      }
    }
  }

  @Test("Merton with its diffusion going to zero has no wicks beyond the diffusion's size")
  func mertonWithoutDiffusionHasNoWicks() throws {
    let clock = try SmallMarket.clock(steps: 1440)
    let jumpVariance = 500 * (0.01 * 0.01 + 0.02 * 0.02)
    // The diffusion keeps 10⁻¹² of the variance.
    let process = try SmallMarket.merton(
      (jumpVariance * (1 + 1e-12)).squareRoot(), rate: 500, mean: -0.01, deviation: 0.02)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process], latency: 20), seed: 11)
    let step = (jumpVariance * 1e-12 * clock.intradayYears).squareRoot()
    var jumps = 0
    market.walk(paths: 64, groups: 8) { tile in
      for bar in tile.bars {
        for lane in 0..<Lanes.count {
          let top = Swift.max(bar.open[lane], bar.close[lane])
          let bottom = Swift.min(bar.open[lane], bar.close[lane])
          #expect(bar.high[lane] <= top * (1 + 10 * step))
          #expect(bar.low[lane] >= bottom * (1 - 10 * step))
        }
      }
      jumps += tile.step == 1439 ? 1 : 0
    }
    #expect(jumps == 1)
  }

  @Test("a bar holds its ends, and its parts hold theirs")
  func barsAreConsistent() throws {
    let clock = try SmallMarket.clock(sessions: true, steps: 780)
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(), try SmallMarket.merton()], correlations: [AssetPair("A", "B"): 0.5], latency: 12,
      events: [SmallMarket.crash(contagion: ["B": .init(beta: .fixed(0.7), lag: .fixed(90))])])
    let market = try Market(scenario: scenario, seed: 5)
    market.walk(paths: 64, groups: 8) { tile in
      for (bar, inside) in zip(tile.bars, tile.interiors) {
        var holds = (inside.highBefore .>= bar.open) & (inside.highBefore .>= inside.arrival)
        holds &= (inside.lowBefore .<= bar.open) & (inside.lowBefore .<= inside.arrival)
        holds &= (inside.highAfter .>= bar.close) & (inside.highAfter .>= inside.arrival)
        holds &= (inside.lowAfter .<= bar.close) & (inside.lowAfter .<= inside.arrival)
        holds &= (bar.high .== max(inside.highBefore, inside.highAfter))
        holds &= (bar.low .== min(inside.lowBefore, inside.lowAfter))
        holds &= (bar.low .> 0) & (bar.volume .> 0) & (bar.halfSpread .> 0) & (bar.depth .> 0)
        #expect(holds.isAll)
      }
    }
  }
}

/// √n times the largest distance between a sample's distribution and the uniform on 0…1.
func kolmogorovSmirnov(_ sample: [Double]) -> Double {
  let sorted = sample.sorted()
  let n = Double(sorted.count)
  var distance = 0.0
  for (index, x) in sorted.enumerated() {
    distance = Swift.max(distance, Swift.max(Double(index + 1) / n - x, x - Double(index) / n))
  }
  return n.squareRoot() * distance
}
