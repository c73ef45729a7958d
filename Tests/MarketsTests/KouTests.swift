import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Kou's jump-diffusion against its law; 4 standard errors (a false alarm in 16,000 a figure), seeds fixed.
///
/// Planted mistakes: d/(1 − d) for d/(1 + d) in the compensator; half of E J²; p for the share of falls.
struct KouTests {
  private static func process(
    _ volatility: Double = 0.5, rate: Double = 60, p: Double = 0.35, up: Double = 0.03, down: Double = 0.05,
    drift: Double = 0
  ) throws -> KouJumpDiffusion {
    try KouJumpDiffusion(
      annualDrift: .fixed(drift), annualVolatility: .fixed(volatility), jumpsPerYear: .fixed(rate),
      upProbability: .fixed(p), meanUpJump: .fixed(up), meanDownJump: .fixed(down))
  }

  /// E J^q = q!(p·u^q + (−1)^q(1 − p)d^q).
  private static func moment(_ q: Int, p: Double, up: Double, down: Double) -> Double {
    let factorial = (1...q).reduce(1.0) { $0 * Double($1) }
    return factorial * (p * pow(up, Double(q)) + (q % 2 == 0 ? 1 : -1) * (1 - p) * pow(down, Double(q)))
  }

  @Test("the mean price is S₀·exp(μT), also when an event triples the volatility", arguments: [false, true])
  func martingale(hasEvent: Bool) throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 130)
    let event = SmallMarket.crash(start: 36_000, drop: 0.2, duration: 3600, fraction: 1, halfLife: 1800)
    let scenario = SmallMarket.scenario(
      clock, [try Self.process(0.7, drift: 0.1)], events: hasEvent ? [event] : [])
    let prices = try Market(scenario: scenario, seed: 2).finalPrices(paths: 50_000)
    let z = score(prices, against: exp(0.1 * clock.years(clock.steps)))
    #expect(abs(z) < 4, "\(z)")
  }

  /// λT = 4.8 jumps. The diffusion's own variance is what the jumps leave of the total.
  @Test("it has its cumulants: total variance, skewness and kurtosis")
  func cumulants() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 20, substeps: 1)
    let years = clock.years(clock.steps)
    let (rate, p, up, down) = (60.0, 0.35, 0.03, 0.05)
    let market = try Market(scenario: SmallMarket.scenario(clock, [try Self.process(0.6)]), seed: 4)
    let returns = market.finalPrices(paths: 200_000).map { log($0) }
    let c = [3, 4].map { rate * years * Self.moment($0, p: p, up: up, down: down) }
    for z in cumulantScores(returns, 0.36 * years, c[0], c[1]) { #expect(abs(z) < 4, "\(z)") }
  }

  @Test("calls at three strikes cost what its characteristic function says", arguments: [false, true])
  func calls(nights: Bool) throws {
    // Half a year in four steps.
    let clock = try SmallMarket.coarseClock(stepsPerYear: 8, steps: 4, nights: nights)
    let (sigma, rate, p, up, down) = (0.3, 3.0, 0.4, 0.04, 0.08)
    let process = try Self.process(sigma, rate: rate, p: p, up: up, down: down, drift: 0.03)
    let prices = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 5).finalPrices(paths: 400_000)
    let diffusion = (sigma * sigma - rate * Self.moment(2, p: p, up: up, down: down)).squareRoot()
    for strike in [85.0, 100, 115] {
      let z = callScore(prices, strike: strike, rate: 0.03, 0.5) { u in
        CharacteristicFunction.diffusion(diffusion, 0.5)(u)
          + CharacteristicFunction.exponentialJumps(rate, p, up, down, 0.5)(u)
      }
      #expect(abs(z) < 4, "strike \(strike): \(z)")
    }
  }

  @Test("jumps go up as often as said, by exponential sizes either way (Kolmogorov-Smirnov)")
  func sizes() throws {
    let (rate, p, up, down) = (300.0, 0.3, 0.2, 0.1)
    // Next to no diffusion beside jumps of 10 % and more: what is left is one jump, or none, a minute.
    let total = (rate * Self.moment(2, p: p, up: up, down: down) * (1 + 1e-9)).squareRoot()
    let clock = try SmallMarket.clock(steps: 400)
    let process = try Self.process(total, rate: rate, p: p, up: up, down: down)
    let drift = -rate * (p * up / (1 - up) - (1 - p) * down / (1 + down)) / 525_600
    var (ups, downs): ([Double], [Double]) = ([], [])
    var last = ContiguousArray<Lanes>()
    try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 6).walk(paths: 20_480, groups: 32) { tile in
      if tile.step > 0 {
        for group in 0..<tile.groups {
          for lane in 0..<Lanes.count {
            let jump = log(tile.bars[group].open[lane] / last[group][lane]) - drift
            // Two in one minute are one case in 1,750: they move the law by as much.
            if jump > 1e-6 { ups.append(exp(-jump / up)) } else if jump < -1e-6 { downs.append(exp(jump / down)) }
          }
        }
      }
      last = ContiguousArray((0..<tile.groups).map { tile.bars[$0].close })
    }
    let count = Double(ups.count + downs.count)
    #expect(count > 4000)
    #expect(abs(Double(ups.count) - p * count) < 4 * (p * (1 - p) * count).squareRoot(), "\(ups.count) of \(count)")
    // scipy.stats.kstwobign.isf(1e-4); sizes under a millionth are missing.
    #expect(kolmogorovSmirnov(ups) < 2.225)
    #expect(kolmogorovSmirnov(downs) < 2.225)
  }

  @Test("jumps that leave no variance to the diffusion are refused, at the volatility")
  func refusal() {
    let violation = #expect(throws: FormViolation.self) { _ = try Self.process(0.4) }
    #expect(
      violation?.description
        == "annualVolatility: the total volatility can be as low as 0.4, and the jumps alone can have 0.482: nothing is left for the "
        + "diffusion")
  }
}
