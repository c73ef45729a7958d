import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// When orders arrive, and at what price.
struct LatencyTests {
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
