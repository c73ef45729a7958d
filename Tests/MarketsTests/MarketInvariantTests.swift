import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Liquidity and latency of a market.
struct MarketInvariantTests {
  @Test("volume and half-spread have the file's means, and move against each other")
  func liquidityMeans() throws {
    let clock = try SmallMarket.clock(steps: 100)
    let market = try Market(scenario: SmallMarket.scenario(clock, [SmallMarket.gbm()]), seed: 31)
    var volume = SampleMoments()
    var spread = SampleMoments()
    var logs = (volume: SampleMoments(), product: 0.0, spread: SampleMoments())
    market.walk(paths: 2048) { tile in
      for bar in tile.bars {
        for lane in 0..<Lanes.count {
          volume.add(bar.volume[lane])
          spread.add(bar.halfSpread[lane])
          let (v, h) = (log(bar.volume[lane]), log(bar.halfSpread[lane]))
          logs.volume.add(v)
          logs.spread.add(h)
          logs.product += v * h
        }
      }
    }
    // A million a day of 1440 minutes, 2 basis points; 4 standard errors: a false alarm in 16,000.
    #expect(abs(volume.mean - 1e6 / 1440) < 4 * volume.standardError)
    #expect(abs(spread.mean - 2e-4) < 4 * spread.standardError)
    // The default noise is 0.4, the default elasticity ½: in logarithms a line.
    let n = logs.volume.count
    let covariance = logs.product / n - logs.volume.mean * logs.spread.mean
    #expect(abs(covariance / logs.volume.variance + 0.5) < 1e-4)
    #expect(abs(logs.volume.variance / 0.16 - 1) < 4 * (2 / n).squareRoot())
  }

  @Test("latency splits into whole steps and a fraction, and moves neither opens nor closes")
  func latency() throws {
    let clock = try SmallMarket.clock(steps: 30)
    let still = try Market(scenario: SmallMarket.scenario(clock, [SmallMarket.gbm()]), seed: 5)
    let late = try Market(scenario: SmallMarket.scenario(clock, [SmallMarket.gbm()], latency: 135), seed: 5)
    #expect(late.description.delaySteps == 2 && late.description.arrivalFraction == 0.25)
    let (a, b) = (still.bars(paths: 16, groups: 2), late.bars(paths: 16, groups: 2))
    for path in 0..<16 {
      #expect(a[path].map { $0[0].close } == b[path].map { $0[0].close })
      #expect(a[path].map { $0[0].open } == b[path].map { $0[0].open })
      #expect(a[path].allSatisfy { $0[0].arrival == $0[0].open })
    }
  }

  @Test("the price when orders arrive is the bridge's: mean on the line, variance s(1 − s) of the step's")
  func arrivalIsOnTheBridge() throws {
    let clock = try SmallMarket.clock(steps: 50)
    let market = try Market(
      scenario: SmallMarket.scenario(clock, [SmallMarket.gbm(0.5)], latency: 15), seed: 6)
    let s = 0.25
    let variance = 0.25 * clock.intradayYears
    var distance = SampleMoments()
    market.walk(paths: 4096) { tile in
      for (bar, inside) in zip(tile.bars, tile.interiors) {
        for lane in 0..<Lanes.count {
          let move = log(bar.close[lane] / bar.open[lane])
          distance.add(log(inside.arrival[lane] / bar.open[lane]) - s * move)
        }
      }
    }
    #expect(abs(distance.mean) < 4 * distance.standardError)
    #expect(abs(distance.variance / (variance * s * (1 - s)) - 1) < 4 * (2 / distance.count).squareRoot())
  }
}
