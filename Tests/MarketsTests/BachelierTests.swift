import CGSL
import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Arithmetic Brownian motion against its closed forms: prices of any sign.
@Suite("Bachelier's process")
struct BachelierTests {
  private static func bachelier(_ volatility: Double, drift: Double = 0) -> Bachelier {
    Bachelier(annualDrift: .fixed(drift), annualVolatility: .fixed(volatility))
  }

  /// Mean S₀(1 + μT), variance (σS₀)²T, and P(S_T < 0) = Φ(−(1 + μT)/σ√T): with nights, sub-steps and a warm-up. Four
  /// standard errors: 6e-5 by chance for each of six.
  @Test(
    "the price at the horizon has the mean, the variance and the share under 0 of the normal law", arguments: [0.0, 6])
  func moments(drift: Double) throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 130, warmup: 13, substeps: 2)
    let scenario = SmallMarket.scenario(clock, [Self.bachelier(7, drift: drift)])
    let prices = try Market(scenario: scenario, seed: 3).finalPrices(paths: 65_536)
    let years = clock.years(clock.steps)
    let (mean, deviation) = (1 + drift * years, 7 * years.squareRoot())
    let n = Double(prices.count)
    let found = prices.reduce(0, +) / n
    #expect(abs(found - mean) < 4 * deviation / n.squareRoot(), "\(found) for \(mean)")
    let variance = prices.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    let score = (variance / (deviation * deviation) - 1) / (2 / n).squareRoot()
    #expect(abs(score) < 4, "\(variance) for \(deviation * deviation)")
    let negative = gsl_cdf_ugaussian_P(-mean / deviation)
    let share = Double(prices.count { $0 < 0 }) / n
    #expect(negative > 0.1 && abs(share - negative) < 4 * (negative * (1 - negative) / n).squareRoot(), "\(share)")
  }

  /// P(−a < low, high < b) of a Brownian motion up to 1, by the eigenfunctions of the interval (Feller, *An Introduction to
  /// Probability Theory* II, X.5).
  private static func within(_ a: Double, _ b: Double) -> Double {
    stride(from: 1, to: 400, by: 2).reduce(0) { sum, n in
      let k = Double(n) * Double.pi / (a + b)
      return sum + 4 / (Double(n) * Double.pi) * sin(k * a) * exp(-0.5 * k * k)
    }
  }

  /// Half a million bars, on prices of both signs: four standard errors, and what the joint law leaves (0.6 %).
  @Test("low and high of a bar are those of a bridge, in money, whatever the price is", arguments: [0.0, 15, 30])
  func extremes(latency: Double) throws {
    let clock = try SmallMarket.clock(steps: 128)
    let market = try Market(
      scenario: SmallMarket.scenario(clock, [Self.bachelier(90)], latency: latency), seed: 20_242)
    let deviation = 90 * 100 * clock.intradayYears.squareRoot()
    let levels = [(0.5, 0.5), (0.5, 1), (0.3, 0.9), (1.0, 1), (1.5, 0.8)]
    var (inside, above, count, negative, outside) = (levels.map { _ in 0 }, levels.map { _ in 0 }, 0, 0, 0)
    market.walk(paths: 4096) { tile in
      for (bar, part) in zip(tile.bars, tile.interiors) {
        for lane in 0..<Lanes.count {
          let (open, low, high) = (bar.open[lane], bar.low[lane], bar.high[lane])
          let (least, most) = (min(open, bar.close[lane]), max(open, bar.close[lane]))
          let isInside = low <= min(least, part.arrival[lane]) && max(most, part.arrival[lane]) <= high
          outside += isInside ? 0 : 1
          count += 1
          negative += open < 0 ? 1 : 0
          for (index, (a, b)) in levels.enumerated() {
            let isUnder = high < open + b * deviation
            above[index] += isUnder ? 0 : 1
            inside[index] += isUnder && low > open - a * deviation ? 1 : 0
          }
        }
      }
    }
    #expect(negative > count / 8 && outside == 0)
    for (index, (a, b)) in levels.enumerated() {
      let claims = [
        (Double(inside[index]) / Double(count), Self.within(a, b)),
        (Double(above[index]) / Double(count), 1 - erf(b / 2.0.squareRoot())),
      ]
      for (found, wanted) in claims {
        let error = (wanted * (1 - wanted) / Double(count)).squareRoot()
        #expect(abs(found - wanted) < 4 * error + 0.006 * wanted, "\(a), \(b): \(found) for \(wanted)")
      }
    }
  }

  /// Next to no noise, a trough in the middle of a sub-step, orders that arrive in it or not: S₀(1 + c) is touched.
  @Test("an event's trough inside a step is reached to the cent, far under 0", arguments: [0.0, 20])
  func trough(latency: Double) throws {
    let crash = SmallMarket.arithmeticCrash(
      start: 90, change: -3.1, duration: 635, shape: 4, fraction: 0.9, multipliers: nil)
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(steps: 60), [Self.bachelier(1e-9)], latency: latency, events: [crash])
    var lowest = Double.infinity
    let market = try Market(scenario: scenario, seed: 1)
    for bar in market.bars(paths: 8, groups: 1)[0] { lowest = min(lowest, bar[0].low) }
    #expect(abs(lowest - 100 * (1 - 3.1)) < 1e-6, "\(lowest)")
  }

  @Test("a volatility or a drift that leads further than moves are kept to is refused at its place")
  func tooFar() throws {
    let clock = try SmallMarket.clock(step: 86_400, steps: 400)
    let problem = #expect(throws: FormViolation.self) {
      _ = try Market(scenario: SmallMarket.scenario(clock, [Self.bachelier(20)]), seed: 1)
    }
    let text = try #require(problem).description
    #expect(text.hasPrefix("assets/A/process/annualVolatility: ") && text.contains("140 starting prices"), "\(text)")
  }
}
