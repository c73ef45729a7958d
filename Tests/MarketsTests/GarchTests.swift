import CGSL
import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// GARCH against its recursion and its moments; 4 standard errors (a false alarm in 16,000 a figure), seeds fixed.
///
/// Planted mistakes: an asymmetry of rises; a persistence with half of the asymmetry on top; a recursion that is fed what events
/// multiplied; an innovation that forgets the night; a bridge without its mixing variance; a mixing variance with the mean ν/(ν − 2).
struct GarchTests {
  /// Kept to its first digits of P = 0.87 a day: the half-life is −ln 2/ln P.
  private static func process(
    _ volatility: Double = 0.3, persistence: Double = 0.87, reaction: Double = 0.04, asymmetry: Double = 0.06,
    degrees: Double? = nil, drift: Double = 0, day: Double = 86_400
  ) throws -> Garch {
    try Garch(
      annualDrift: .fixed(drift), annualVolatility: .fixed(volatility),
      halfLife: .fixed(-log(2) / log(persistence) * day), reaction: .fixed(reaction), asymmetry: .fixed(asymmetry),
      degreesOfFreedom: degrees)
  }

  /// The steps of many paths, `[path * steps + step]`.
  private struct Steps {
    let count: Int
    /// Log returns without drift and compensator.
    var innovations: [Double] = []
    /// √(wh·dt).
    var deviations: [Double] = []

    func square(_ path: Int, _ step: Int) -> Double {
      deviations[path * count + step] * deviations[path * count + step]
    }
  }

  private func steps(
    _ process: Garch, steps: Int, paths: Int, seed: UInt64, events: [NamedEvent] = []
  ) throws -> Steps {
    let clock = try SmallMarket.clock(step: 86_400, steps: steps, substeps: 1)
    let market = try Market(scenario: SmallMarket.scenario(clock, [process], events: events), seed: seed)
    var result = Steps(count: steps)
    result.innovations = Array(repeating: 0, count: paths * steps)
    result.deviations = result.innovations
    var first = 0
    market.walk(paths: paths, groups: 32) { tile in
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count {
          let path = first + group * Lanes.count + lane
          guard path < paths else { continue }
          let deviation = tile.interiors[group].deviation[lane]
          let move = log(tile.bars[group].close[lane] / tile.bars[group].open[lane])
          result.innovations[path * steps + tile.step] = move + 0.5 * deviation * deviation
          result.deviations[path * steps + tile.step] = deviation
        }
      }
      if tile.step == steps - 1 { first += tile.groups * Lanes.count }
    }
    return result
  }

  /// P = 0.87 and normal innovations: B = 0.766, kurtosis 3.1626 (He & Teräsvirta 1999, Econometric Theory 15(6)).
  @Test("variance and kurtosis are those of the recursion's stationary law")
  func kurtosis() throws {
    let theta = 0.09 / 365
    let innovations = try steps(Self.process(), steps: 1, paths: 400_000, seed: 41).innovations
    #expect(abs(score(innovations.map { $0 * $0 }, against: theta)) < 4)
    let (alpha, gamma, beta) = (0.04, 0.06, 0.80)
    let p = alpha + beta + gamma / 2
    let b = beta * beta + 2 * beta * (alpha + gamma / 2) + 3 * (alpha * alpha + alpha * gamma + gamma * gamma / 2)
    let kurtosis = 3 * (1 - p * p) / (1 - b)
    #expect(abs(kurtosis - 3.1626) < 5e-5)
    let z = score(innovations.map { $0 * $0 * $0 * $0 }, against: kurtosis * theta * theta)
    #expect(abs(z) < 4, "\(z)")
    // The recursion's own part of it: a constant variance would have 3, some 9 standard errors away.
    #expect(score(innovations.map { $0 * $0 * $0 * $0 }, against: 3 * theta * theta) > 4)
  }

  @Test("with Student's innovations the variance is that of the file too", arguments: [5.0, 9])
  func studentVariance(degrees: Double) throws {
    let process = try Self.process(reaction: 0.03, asymmetry: 0.04, degrees: degrees)
    let innovations = try steps(process, steps: 1, paths: 200_000, seed: 42).innovations
    let z = score(innovations.map { $0 * $0 }, against: 0.09 / 365)
    #expect(abs(z) < 4, "\(z)")
  }

  /// E[h_k | h_0] = θ + Pᵏ(h_0 − θ), once for all and once weighed with h_0 − θ.
  @Test("the forecast of the variance falls to its mean by the persistence", arguments: [1, 5, 20])
  func forecast(horizon: Int) throws {
    let (persistence, theta) = (0.95, 0.09 / 365)
    let process = try Self.process(persistence: persistence, reaction: 0.08, asymmetry: 0.1)
    let count = 200_000 / horizon
    let steps = try steps(process, steps: horizon + 1, paths: count, seed: 43)
    let errors = (0..<count).map { path -> (Double, Double) in
      let (now, later) = (steps.square(path, 0), steps.square(path, horizon))
      let error = later - theta - pow(persistence, Double(horizon)) * (now - theta)
      return (error, error * (now - theta))
    }
    #expect(abs(score(errors.map(\.0), against: 0)) < 4)
    #expect(abs(score(errors.map(\.1), against: 0)) < 4)
  }

  /// The slow twin: from each step's deviation and innovation the next deviation, by the recursion as it is written.
  @Test("each step's variance follows from the last and its innovation, without what events multiply")
  func recursion() throws {
    let storm = NamedEvent(
      "storm",
      VolatilityEvent(
        start: .fixed(3 * 86_400), window: .init(plateau: .fixed(4 * 86_400)), volatility: .fixed(3)))
    let steps = try steps(Self.process(), steps: 12, paths: 16, seed: 44, events: [storm])
    let (alpha, gamma, p, theta) = (0.04, 0.06, 0.87, 0.09 / 365)
    for path in 0..<16 {
      for step in 0..<11 {
        let (before, after) = ((3..<7).contains(step) ? 9.0 : 1, (3..<7).contains(step + 1) ? 9.0 : 1)
        let h = steps.square(path, step) / before
        let z = steps.innovations[path * 12 + step] / steps.deviations[path * 12 + step]
        let expected =
          theta + p * (h - theta) + h * (alpha * (z * z - 1) + gamma * ((z < 0 ? z * z : 0) - 0.5))
        #expect(abs(steps.square(path, step + 1) / after - expected) < 1e-9 * expected)
      }
    }
  }

  /// From close to close, with normal innovations, whose variance a bar's deviation tells.
  @Test("a step's sub-steps and its night share one variance and make one innovation")
  func substeps() throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 8, warmup: 1, substeps: 4)
    let market = try Market(
      scenario: SmallMarket.scenario(clock, [try Self.process(day: 23_400)], latency: 9000), seed: 45)
    let (alpha, gamma, p, theta) = (0.04, 0.06, 0.87, 0.09)
    for path in market.bars(paths: 64, groups: 8) {
      let variances = path.map { $0[0].numbers[12] * $0[0].numbers[12] / (clock.intradayYears / 4) }
      for step in 1..<8 {
        let h = variances[step]
        let z = (log(path[step][0].close / path[step - 1][0].close) + 0.5 * h / 252) / (h / 252).squareRoot()
        let expected = theta + p * (h - theta) + h * (alpha * (z * z - 1) + gamma * ((z < 0 ? z * z : 0) - 0.5))
        #expect(abs(variances[step + 1] - expected) < 1e-9 * expected)
      }
    }
  }

  @Test(
    "√w·N has Student's law with variance 1 (Kolmogorov-Smirnov), and w its quantiles", arguments: [3.0, 5, 12, 200])
  func student(degrees: Double) {
    let mixing = StudentMixing(degrees: degrees)
    for step in -75...60 {
      let z = Double(step) / 10
      let chiSquare =
        z < 0
        ? gsl_cdf_chisq_Pinv(gsl_cdf_ugaussian_P(z), degrees) : gsl_cdf_chisq_Qinv(gsl_cdf_ugaussian_Q(z), degrees)
      let expected = (degrees - 2) / chiSquare
      let found = mixing.variance(at: Lanes(z))[0]
      #expect(abs(found - expected) < 1e-5 * expected, "\(z): \(found), not \(expected)")
    }
    let streams = RandomStreams(seed: 46, namespace: .test)
    let (first, second) = (
      DenseStream(streams.key("a"), PathGroup(firstPath: 0)), DenseStream(streams.key("b"), PathGroup(firstPath: 0))
    )
    var uniforms: [Double] = []
    for block in 0..<Int32(3125) {
      let (a, b) = (first.normals(block: block), second.normals(block: block))
      for index in Int32(0)..<4 {
        let x = sqrt(mixing.variance(at: a[index])) * b[index]
        for lane in 0..<Lanes.count {
          uniforms.append(gsl_cdf_tdist_P(x[lane] / ((degrees - 2) / degrees).squareRoot(), degrees))
        }
      }
    }
    // scipy.stats.kstwobign.isf(1e-4)
    #expect(kolmogorovSmirnov(uniforms) < 2.225)
  }

  /// By the reflection principle a driftless walk that was under −x ends under it half of the time, whatever its variance is. On
  /// minutes the compensator is a thousandth of a deviation.
  @Test("under Student's innovations lows go under a level twice as often as closes", arguments: [2.0, 5])
  func tails(distance: Double) throws {
    let clock = try SmallMarket.clock(steps: 20)
    let process = try Self.process(persistence: 0.99, reaction: 0.02, asymmetry: 0.02, degrees: 4, day: 60)
    let level = distance * 0.3 * clock.intradayYears.squareRoot()
    var (lows, closes) = (0.0, 0.0)
    try Market(scenario: SmallMarket.scenario(clock, [process]), seed: 47).walk(paths: 65_536, groups: 32) { tile in
      for bar in tile.bars {
        for lane in 0..<Lanes.count {
          if log(bar.low[lane] / bar.open[lane]) < -level { lows += 1 }
          if log(bar.close[lane] / bar.open[lane]) < -level { closes += 1 }
        }
      }
    }
    #expect(lows > 1000)
    #expect(abs(2 * closes - lows) < 4 * lows.squareRoot(), "\(lows) lows, \(closes) closes")
  }

  @Test("what leaves the variance no mean is refused at once, what leaves h nothing at the plan, each at its field")
  func refusals() throws {
    let explosive = #expect(throws: FormViolation.self) { _ = try Self.process(reaction: 0.9, asymmetry: 0.2) }
    #expect(
      explosive?.description.hasPrefix("reaction: with half of the asymmetry it can be 1, and the persistence") == true)
    let clock = try SmallMarket.clock(step: 86_400, steps: 1)
    let hasty = #expect(throws: FormViolation.self) {
      _ = try Market(
        scenario: SmallMarket.scenario(clock, [try Self.process(persistence: 0.05)]), seed: 1)
    }
    #expect(hasty?.description.hasPrefix("assets/A/process/halfLife: in a step of 24h") == true)
  }
}
