import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Volume, half-spread and depth of a market.
struct LiquidityTests {
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
}
