import Documents
import Glibc
import MarketData
import Markets
import Randomness
import Testing

/// Bates' model against its law; 4 standard errors (a false alarm in 16,000 a figure), seeds fixed.
///
/// Planted mistakes: jumps that nothing compensates; a variance that has all of the total.
struct BatesTests {
  private static let (rate, mean, deviation) = (0.8, -0.1, 0.15)
  private static let (kappa, theta, xi, rho) = (2.0, 0.04, 0.5, -0.7)
  private static let total = (theta + rate * (mean * mean + deviation * deviation)).squareRoot()

  private static func process(
    _ volatility: Double = total, start: Double? = nil, drift: Double = 0, rate: Double = rate
  ) throws -> Bates {
    try Bates(
      annualDrift: .fixed(drift), annualVolatility: .fixed(volatility), reversion: .fixed(kappa),
      volatilityOfVariance: .fixed(xi), correlation: .fixed(rho), startVolatility: start.map(Draw.fixed),
      jumpsPerYear: .fixed(rate), meanJump: .fixed(mean), jumpVolatility: .fixed(deviation))
  }

  @Test("calls at three strikes cost what its characteristic function says, nights or not", arguments: [false, true])
  func calls(nights: Bool) throws {
    let clock = try SmallMarket.coarseClock(stepsPerYear: 32, steps: 16, nights: nights)
    let process = try Self.process(start: Self.theta.squareRoot(), drift: 0.02)
    let prices = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 21).finalPrices(paths: 400_000)
    let z = score(prices, against: exp(0.01))
    #expect(abs(z) < 4, "mean price: \(z)")
    for strike in [80.0, 100, 120] {
      let z = callScore(prices, strike: strike, rate: 0.02, 0.5) { u in
        CharacteristicFunction.heston(
          v0: Self.theta, theta: Self.theta, kappa: Self.kappa, xi: Self.xi, rho: Self.rho, 0.5)(u)
          + CharacteristicFunction.normalJumps(Self.rate, Self.mean, Self.deviation, 0.5)(u)
      }
      #expect(abs(z) < 4, "strike \(strike): \(z)")
    }
  }

  @Test("the total variance is that of the file, from a stationary start")
  func totalVariance() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 1, substeps: 1)
    let market = try Market(scenario: SmallMarket.scenario(clock, [try Self.process(0.5, rate: 5)]), seed: 22)
    let returns = market.finalPrices(paths: 400_000).map { log($0) }
    let mean = returns.reduce(0, +) / Double(returns.count)
    let z = score(returns.map { ($0 - mean) * ($0 - mean) }, against: 0.25 / 252)
    #expect(abs(z) < 4, "\(z)")
  }

  @Test("without jumps it is Heston's model bit for bit, and its jumps are Merton's")
  func parts() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 40, warmup: 20, substeps: 2)
    func bars(_ process: any PriceProcess) throws -> [[[PathBar]]] {
      try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 23).bars(paths: 16, groups: 1)
    }
    let heston = try Heston(
      annualVolatility: .fixed(0.2), reversion: .fixed(Self.kappa), volatilityOfVariance: .fixed(Self.xi),
      correlation: .fixed(Self.rho))
    #expect(try bars(Self.process(0.2, rate: 0)) == bars(heston))
    // A variance of the diffusion alone, and the jumps of one a day or so.
    let rate = 200.0
    let jumps = rate * (Self.mean * Self.mean + Self.deviation * Self.deviation)
    let (with, without) = (
      try bars(Self.process((0.04 + jumps).squareRoot(), rate: rate)), try bars(Self.process(0.2, rate: 0))
    )
    let (merton, plain) = (
      try bars(
        SmallMarket.merton((0.04 + jumps).squareRoot(), rate: rate, mean: Self.mean, deviation: Self.deviation)),
      try bars(SmallMarket.gbm(0.2))
    )
    for path in 0..<16 {
      for step in 20..<60 {
        let ours = log(with[path][step][0].close / without[path][step][0].close)
        let theirs = log(merton[path][step][0].close / plain[path][step][0].close)
        #expect(abs(ours - theirs) < 1e-9)
      }
    }
  }

  @Test("jumps that leave no variance to the diffusion are refused, at the volatility")
  func refusal() {
    let violation = #expect(throws: FormViolation.self) { _ = try Self.process(0.1) }
    #expect(violation?.description.hasPrefix("annualVolatility: the total volatility can be as low as 0.1") == true)
  }
}
