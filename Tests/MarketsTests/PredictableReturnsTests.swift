import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Predictable returns against the moments of their law; 4 standard errors (a false alarm in 16,000 a figure), seeds fixed.
struct PredictableReturnsTests {
  private static func process(
    volatility: Double = 0.2, drift: Double = 0, deviation: Double = 3, halfLife: Double = 7200,
    correlation: Double = 0, visibility: PredictableReturns.Signal.Visibility = .seen, noise: Double = 0
  ) -> PredictableReturns {
    PredictableReturns(
      annualDrift: .fixed(drift), annualVolatility: .fixed(volatility),
      signal: .init(
        deviation: .fixed(deviation), halfLife: .fixed(halfLife), correlation: .fixed(correlation),
        visibility: visibility, noise: .fixed(noise)))
  }

  private static let year = 365 * 86_400.0

  /// What the moments of (log return, signal) over n steps must be, by summing a fine Euler grid's exact linear recursion: the
  /// state (x, r) is linear with Gaussian noise, so mean and covariance follow from dm = Am dt, dV = (AV + VAᵀ + Q)dt, here
  /// by Runge and Kutta's rule with 4,000 steps.
  private static func moments(
    _ seconds: Double, volatility: Double, deviation: Double, halfLife: Double, correlation: Double
  ) -> (returnVariance: Double, covariance: Double) {
    let kappa = log(2) / halfLife * year
    let own = deviation * (2 * kappa).squareRoot()
    let h = seconds / year / 4000
    var (xx, xr, rr) = (deviation * deviation, 0.0, 0.0)
    func slope(_ xx: Double, _ xr: Double, _ rr: Double) -> (Double, Double, Double) {
      (
        -2 * kappa * xx + own * own, -kappa * xr + xx + correlation * own * volatility,
        2 * xr + volatility * volatility
      )
    }
    for _ in 0..<4000 {
      let a = slope(xx, xr, rr)
      let b = slope(xx + h / 2 * a.0, xr + h / 2 * a.1, rr + h / 2 * a.2)
      let c = slope(xx + h / 2 * b.0, xr + h / 2 * b.1, rr + h / 2 * b.2)
      let d = slope(xx + h * c.0, xr + h * c.1, rr + h * c.2)
      xx += h / 6 * (a.0 + 2 * b.0 + 2 * c.0 + d.0)
      xr += h / 6 * (a.1 + 2 * b.1 + 2 * c.1 + d.1)
      rr += h / 6 * (a.2 + 2 * b.2 + 2 * c.2 + d.2)
    }
    return (rr, xr)
  }

  /// Planted mistake: the integral of the signal's noise with half its variance.
  @Test(
    "return and signal have the joint moments of their equations, over one long step and over many short ones",
    arguments: [0, 0.7, -0.9], [(step: 14_400.0, steps: 1), (step: 600.0, steps: 24)])
  func jointMoments(_ correlation: Double, grid: (step: Double, steps: Int)) throws {
    // A half-life of two hours, and a signal that moves prices about as much as their noise does.
    let (volatility, deviation, halfLife) = (0.2, 12.0, 7200.0)
    let clock = try SmallMarket.clock(step: grid.step, steps: grid.steps, substeps: 1)
    let process = Self.process(
      volatility: volatility, deviation: deviation, halfLife: halfLife, correlation: correlation)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 31)
    let expected = Self.moments(
      grid.step * Double(grid.steps), volatility: volatility, deviation: deviation, halfLife: halfLife,
      correlation: correlation)
    var (signal, square, variance, product) = (SampleMoments(), SampleMoments(), SampleMoments(), SampleMoments())
    market.walk(paths: 100_000, groups: 32) { tile in
      guard tile.step == grid.steps - 1 else { return }
      let shown = tile.shownSignal(of: 0)
      let mean = -0.5 * volatility * volatility * grid.step * Double(grid.steps) / Self.year
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count {
          let r = log(tile.bars[group].close[lane] / 100) - mean
          signal.add(shown[group][lane])
          square.add(shown[group][lane] * shown[group][lane])
          variance.add(r * r)
          product.add(r * shown[group][lane])
        }
      }
    }
    #expect(abs(signal.mean) < 4 * signal.standardError)
    #expect(abs(square.mean - deviation * deviation) < 4 * square.standardError)
    #expect(abs(variance.mean - expected.returnVariance) < 4 * variance.standardError)
    #expect(abs(product.mean - expected.covariance) < 4 * product.standardError)
  }

  @Test("the signal stands still over night, and the price drifts by it")
  func night() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 2, overnightShare: 0.5, substeps: 1)
    // Next to no volatility: moves are the drift's, and a half-life of a second forgets a signal within the session.
    let process = Self.process(volatility: 1e-9, deviation: 10, halfLife: 1e9)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 3)
    var before = ContiguousArray<Lanes>()
    var closes = ContiguousArray<Lanes>()
    market.walk(paths: 8, groups: 1) { tile in
      if tile.step == 1 {
        for lane in 0..<Lanes.count {
          let gap = log(tile.bars[0].open[lane] / closes[0][lane])
          #expect(abs(gap - before[0][lane] * 0.5 / 252) < 1e-9)
        }
      }
      before = tile.shownSignal(of: 0)
      closes = [tile.bars[0].close]
    }
  }

  @Test("a hidden signal is shown to nobody; a noisy one is the seen one and the noise; neither moves a price")
  func visibility() throws {
    let clock = try SmallMarket.clock(steps: 200)
    func bars(_ process: PredictableReturns) throws -> (bars: [[[PathBar]]], signals: [Double]) {
      let market = try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 9)
      var signals: [Double] = []
      market.walk(paths: 64, groups: 8) { tile in
        for group in tile.shownSignal(of: 0) { signals += (0..<Lanes.count).map { group[$0] } }
      }
      return (market.bars(paths: 64, groups: 8), signals)
    }
    let (seen, hidden) = (try bars(Self.process()), try bars(Self.process(visibility: .hidden)))
    let noisy = try bars(Self.process(noise: 2))
    #expect(seen.bars == hidden.bars && seen.bars == noisy.bars)
    #expect(hidden.signals.isEmpty && noisy.signals.count == seen.signals.count)
    var noise = SampleMoments()
    for (a, b) in zip(noisy.signals, seen.signals) { noise.add(a - b) }
    #expect(abs(noise.mean) < 4 * noise.standardError)
    // The variance of a normal's sample variance is 2σ⁴/(n − 1).
    #expect(abs(noise.variance - 4) < 4 * 4 * (2 / noise.count).squareRoot())
  }

  @Test("without a signal it is geometric Brownian motion to the last digits, whatever events multiply")
  func withoutSignal() throws {
    let clock = try SmallMarket.clock(sessions: true, steps: 90, warmup: 5)
    func bars(_ process: any PriceProcess) throws -> [[[PathBar]]] {
      let scenario = SmallMarket.scenario(
        clock, [process, SmallMarket.gbm()], correlations: [AssetPair("A", "B"): 0.5],
        latency: 20, events: [SmallMarket.crash()])
      return try Market(scenario: scenario, seed: 4).bars(paths: 16, groups: 2)
    }
    let (none, gbm) = (
      try bars(Self.process(volatility: 0.3, drift: 0.1, deviation: 0)), try bars(SmallMarket.gbm(0.3, drift: 0.1))
    )
    for (a, b) in zip(none.joined(), gbm.joined()) {
      for (x, y) in zip(a.joinedNumbers, b.joinedNumbers) { #expect(abs(x - y) <= 1e-12 * abs(y)) }
    }
  }

  /// √(E m²)/σ: 3/0.2 without drift.
  @Test("the report is told how strong a signal is, where its numbers are fixed and it is seen")
  func strength() {
    #expect(Self.process().limits.contains { $0.contains("a Sharpe ratio of 15 a year; no real market") })
    #expect(
      Self.process().caveat == "agents see a signal worth a Sharpe ratio up to 15 a year, as in no real market")
    #expect(Self.process(visibility: .hidden).limits.contains { $0.contains("nobody sees") })
    #expect(Self.process(noise: 1).limits.allSatisfy { !$0.contains("Sharpe") })
  }

  /// Growth by the trapezoidal rule over 400,000 points of the law of m, and the filter's error by living its Riccati equation
  /// through to where it stands still.
  @Test(
    "the optimum's growth is E[w*m − ½w*²σ²] over its law, and its Sharpe ratio E[w*m]/√E[w*²σ²]",
    arguments: [0, 0.4, -1.5], [0.5, 3, 1e6])
  func optimum(_ drift: Double, leverage: Double) throws {
    let (volatility, deviation) = (0.3, 1.2)
    let best = SignalOptimum(drift: drift, volatility: volatility, seen: deviation, leverage: leverage)
    var (mean, risk) = (0.0, 0.0)
    let h = 20.0 / 400_000
    for index in 0...400_000 {
      let z = -10 + Double(index) * h
      let m = drift + deviation * z
      let w = min(leverage, max(-leverage, m / (volatility * volatility)))
      let weight = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() * h
      mean += weight * w * m
      risk += weight * w * w * volatility * volatility
    }
    #expect(abs(best.growth - (mean - 0.5 * risk)) < 1e-8 * max(1, abs(best.growth)))
    #expect(abs(best.sharpe - mean / risk.squareRoot()) < 1e-7)
  }

  @Test("the filter's estimate of a hidden signal varies as its Riccati equation says", arguments: [0, 0.6, -0.95])
  func filter(_ correlation: Double) {
    let (volatility, deviation, decay) = (0.25, 2.0, 40.0)
    let own = deviation * (2 * decay).squareRoot()
    var error = deviation * deviation
    for _ in 0..<400_000 {
      let gain = error / volatility + correlation * own
      error += (-2 * decay * error + own * own - gain * gain) * 1e-6
    }
    let best = SignalOptimum(
      volatility: volatility, hidden: deviation, decay: decay, correlation: correlation, leverage: 1)
    #expect(abs(best.deviation * best.deviation - (deviation * deviation - error)) < 1e-6)
  }
}

extension [PathBar] {
  fileprivate var joinedNumbers: [Double] { flatMap(\.numbers) }
}
