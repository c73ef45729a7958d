import CGSL
import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// Stable laws against GSL's sampler and definition and SciPy's tails, and their truncated moves in a market; 4 standard errors (a
/// false alarm in 16,000 a figure), seeds fixed.
///
/// Planted mistakes, each seen to fail: the wrong sign of Nolan's shift; moves that are cut at their bound in place of drawn again;
/// jumps without compensator; moments without what is cut; jumps between open and close; an exponential with the mean 1.2; the
/// wrong sign of ln W at α = 1.
@Suite("Stable moves")
struct StableTests {
  /// α and β.
  struct Law: Sendable, CustomTestStringConvertible {
    let alpha, beta: Double
    var testDescription: String { "α = \(alpha), β = \(beta)" }
    var law: StableLaw { StableLaw(alpha: alpha, beta: beta) }
  }

  static let laws = [
    Law(alpha: 2, beta: 0), Law(alpha: 1.9, beta: 1), Law(alpha: 1.7, beta: -0.5), Law(alpha: 1.2, beta: 0.8),
    Law(alpha: 1, beta: 0), Law(alpha: 1, beta: 0.5), Law(alpha: 0.7, beta: 0.3), Law(alpha: 0.5, beta: 1),
  ]

  /// GSL's function takes a uniform and an exponential; a twin of its generator gives the same two.
  @Test("variables are GSL's, draw by draw", arguments: laws.filter { $0.beta != 0 })
  func variables(_ row: Law) throws {
    let (own, twin) = (gsl_rng_alloc(philox_gsl_type()), gsl_rng_alloc(philox_gsl_type()))
    defer {
      gsl_rng_free(own)
      gsl_rng_free(twin)
    }
    gsl_rng_set(own, 91)
    gsl_rng_set(twin, 91)
    for _ in 0..<5000 {
      let p = gsl_rng_uniform_pos(twin)
      let w = gsl_ran_exponential(twin, 1)
      let expected = gsl_ran_levy_skew(own, 1, row.alpha, row.beta)
      let found = row.law.variable(Lanes(p), rest: Lanes(1 - p), Lanes(w))[0] - row.law.shift
      #expect(abs(found - expected) < 1e-9 * (1 + abs(expected)), "\(found), not \(expected)")
    }
  }

  /// exp(−|t|^α(1 − iβ sgn t tan(πα/2))), or exp(−|t|(1 + iβ(2/π) sgn t ln|t|)) at α = 1: the GSL Reference Manual, 20.19.
  @Test("the characteristic function is GSL's", arguments: laws, [0.3, 0.7, 1.5])
  func characteristicFunction(_ row: Law, t: Double) {
    let stream = DenseStream(
      RandomStreams(seed: 92, namespace: .test).key("stable"), PathGroup(firstPath: 0))
    var (cosines, sines): ([Double], [Double]) = ([], [])
    for step in Int32(0)..<8192 {
      let (p, u) = stream.uniforms52(step: step)
      let x = row.law.variable(p, rest: 1 - p, .zero - log(u)) - row.law.shift
      for lane in 0..<Lanes.count {
        cosines.append(cos(t * x[lane]))
        sines.append(sin(t * x[lane]))
      }
    }
    let size = exp(-pow(t, row.alpha))
    let angle =
      row.alpha == 1
      ? -row.beta * 2 / Double.pi * t * log(t) : pow(t, row.alpha) * row.beta * tan(Double.pi * row.alpha / 2)
    let z = (score(cosines, against: size * cos(angle)), score(sines, against: size * sin(angle)))
    #expect(abs(z.0) < 4 && abs(z.1) < 4, "\(z)")
  }

  /// scipy.stats.levy_stable.sf with parameterization "S0" (SciPy 1.17.1), by x = −3, ½, 6 and 40.
  @Test(
    "tails are SciPy's",
    arguments: [
      (
        Law(alpha: 1.7, beta: 0), [0.9637654064897825, 0.361502928118411, 0.0073072870768378095, 0.0002495724401927468]
      ),
      (
        Law(alpha: 1.7, beta: -0.5),
        [0.9472439779503109, 0.3363688016697124, 0.0034543257328560895, 0.00012352817673688676]
      ),
      (
        Law(alpha: 1.2, beta: 0.8),
        [0.9851444374470395, 0.4605675842640643, 0.06753732464480022, 0.0062326234790966994]
      ),
      (
        Law(alpha: 1.02, beta: 0.9), [0.9908172123067687, 0.49647864222445715, 0.1068819095426281, 0.01454660503135663]
      ),
      (Law(alpha: 1, beta: 0.5), [0.9510125544219132, 0.4321148006382667, 0.08387649143808806, 0.012247119642723514]),
      (
        Law(alpha: 0.7, beta: 0.3), [0.8998979910564906, 0.4053354948259742, 0.12787746189072613, 0.035909879156636126]
      ),
      (Law(alpha: 0.5, beta: 1), [1, 0.5857838217574747, 0.2945430138887266, 0.1241039420770591]),
    ])
  func tails(_ row: Law, _ expected: [Double]) {
    let tail = StableTail(row.law)
    for (x, share) in zip([-3, 0.5, 6, 40], expected) {
      #expect(abs(tail.above(x) - share) < 2e-8 * share + 1e-10, "\(x): \(tail.above(x)), not \(share)")
    }
  }

  private func market(_ process: Stable, sessions: Bool = false, step: Double, steps: Int, seed: UInt64) throws
    -> Market
  {
    let clock = try SmallMarket.clock(sessions: sessions, step: step, steps: steps, substeps: 1)
    return try Market(scenario: SmallMarket.scenario(clock, [process]), seed: seed)
  }

  private func moves(_ process: Stable, _ years: Double) throws -> StableMoves {
    var tails = StableTails(process.law)
    return try #require(process.moves(&tails, years: years))
  }

  @Test("at α = 2 moves are normal with the file's variance (Kolmogorov-Smirnov), and c is σ√(dt/2)")
  func normal() throws {
    let process = Stable(annualVolatility: 0.4, stability: 2, skew: 0.7, largestMove: 1)
    let market = try market(process, step: 3600, steps: 1, seed: 93)
    let deviation = 0.4 * market.description.clock.intradayYears.squareRoot()
    let moves = try moves(process, market.description.clock.intradayYears)
    #expect(abs(moves.scale * 2.0.squareRoot() / deviation - 1) < 1e-7)
    let uniforms = market.finalPrices(paths: 65_536).map {
      gsl_cdf_ugaussian_P((log($0) + 0.5 * deviation * deviation) / deviation)
    }
    // scipy.stats.kstwobign.isf(1e-4)
    #expect(kolmogorovSmirnov(uniforms) < 2.225)
  }

  /// Where next to nothing is cut, moves have the characteristic function of c·X, but for what they are compensated.
  @Test("a sub-step's moves are stable with the scale that is said", arguments: [0.3, 0.7, 1.5])
  func moves(t: Double) throws {
    let process = Stable(annualVolatility: 0.3, stability: 1.7, skew: -0.4, largestMove: 0.9)
    let market = try market(process, step: 60, steps: 4, seed: 94)
    let years = market.description.clock.intradayYears
    let moves = try moves(process, years)
    #expect(moves.shareBeyond < 1e-5)
    var (cosines, sines): ([Double], [Double]) = ([], [])
    var last = ContiguousArray<Double>(repeating: 100, count: 256)
    market.walk(paths: 32_768, groups: 32) { tile in
      for group in 0..<tile.groups {
        for lane in 0..<Lanes.count {
          let close = tile.bars[group].close[lane]
          let before = tile.step == 0 ? 100 : last[group * 8 + lane]
          last[group * 8 + lane] = close
          let isJump = abs(log(tile.bars[group].open[lane] / before) + moves.jumpCompensator) > 1e-9
          let x = (log(close / before) + moves.jumpCompensator + (isJump ? 0 : moves.calmCompensator)) / moves.scale
          cosines.append(cos(t * (x - process.law.shift)))
          sines.append(sin(t * (x - process.law.shift)))
        }
      }
    }
    let (size, angle) = (exp(-pow(t, 1.7)), pow(t, 1.7) * -0.4 * tan(Double.pi * 0.85))
    let z = (score(cosines, against: size * cos(angle)), score(sines, against: size * sin(angle)))
    #expect(abs(z.0) < 4 && abs(z.1) < 4, "\(z)")
  }

  /// Moves that are cut often: |r| stays within its bound, and mean and variance are as said; α < 1 and one-sided laws too.
  @Test(
    "truncated moves have the file's variance and mean price, and stay within their bound, by day and by night",
    arguments: [
      Law(alpha: 1.7, beta: 0), Law(alpha: 1.5, beta: -0.8), Law(alpha: 1, beta: 0.5), Law(alpha: 0.8, beta: 1),
    ])
  func truncation(_ row: Law) throws {
    let process = Stable(
      annualDrift: .fixed(0.3), annualVolatility: 0.4, stability: row.alpha, skew: row.beta, largestMove: 0.1)
    let market = try market(process, sessions: true, step: 23_400, steps: 1, seed: 95)
    let clock = market.description.clock
    let (day, night) = (try moves(process, clock.intradayYears), try moves(process, clock.gapYears))
    let prices = market.finalPrices(paths: 131_072)
    #expect(abs(score(prices, against: exp(0.3 / 252))) < 4)
    let returns = prices.map { log($0) - 0.3 / 252 - day.mean - night.mean }
    #expect(abs(score(returns, against: 0)) < 4)
    let squares: [Double] = returns.map { $0 * $0 }
    let z = score(squares, against: 0.16 / 252)
    #expect(abs(z) < 4, "\(z)")
    let bound =
      0.2 + abs(day.jumpCompensator) + abs(night.jumpCompensator) + abs(day.calmCompensator)
      + abs(night.calmCompensator) + 0.3 / 252
    #expect(prices.allSatisfy { abs(log($0)) <= bound })
    let mirror = StableLaw(alpha: row.alpha, beta: -row.beta)
    let beyond = StableTail(process.law).above(day.farthest) + StableTail(mirror).above(day.farthest)
    #expect(abs(day.shareBeyond - beyond) < 1e-12 && beyond > 1e-4)
  }

  @Test("what is more than six deviations jumps at the open, the rest runs to the close")
  func jumps() throws {
    let process = Stable(annualVolatility: 0.4, stability: 1.5, largestMove: 0.2)
    let market = try market(process, step: 3600, steps: 1, seed: 96)
    let moves = try moves(process, market.description.clock.intradayYears)
    var (jumps, count) = (0.0, 0.0)
    market.walk(paths: 65_536, groups: 32) { tile in
      for bar in tile.bars {
        for lane in 0..<Lanes.count {
          count += 1
          let gap = log(bar.open[lane] / 100) + moves.jumpCompensator
          let move = log(bar.close[lane] / bar.open[lane])
          guard abs(gap) > 1e-12 else {
            #expect(abs(move + moves.calmCompensator) < 6.0001 * moves.deviation)
            continue
          }
          jumps += 1
          #expect(abs(gap) > 5.9999 * moves.deviation && abs(gap) < 0.2001 && abs(move) < 1e-12)
          #expect(bar.low[lane] < bar.open[lane] && bar.high[lane] > bar.open[lane])
        }
      }
    }
    let expected = moves.shareOfJumps * count
    #expect(abs(jumps - expected) < 4 * expected.squareRoot(), "\(jumps) where \(expected) were expected")
  }

  @Test(
    "prices go together as the file says: twins are the same, and correlations show in ranks", arguments: [1.0, 0.6, 0])
  func dependence(rho: Double) throws {
    let process = Stable(annualVolatility: 0.4, stability: 1.7, largestMove: 0.2)
    let clock = try SmallMarket.clock(step: 60, steps: 1)
    let market = try Market(
      scenario: SmallMarket.scenario(clock, [process, process], correlations: [AssetPair("A", "B"): rho]), seed: 97)
    let (first, second) = (market.finalPrices(paths: 32_768), market.finalPrices(paths: 32_768, asset: 1))
    if rho == 1 { #expect(zip(first, second).allSatisfy { abs($0 / $1 - 1) < 1e-12 }) }
    var agreements: [Double] = []
    for path in stride(from: 0, to: first.count, by: 2) {
      let isRising = first[path] < first[path + 1]
      agreements.append(isRising == (second[path] < second[path + 1]) ? 1 : -1)
    }
    // The normal copula of both normals has 0.41 at 0.6; the angle, which bears the sign, has nearly all of it.
    let tau = agreements.reduce(0, +) / Double(agreements.count)
    let range = rho == 1 ? 0.999...1 : rho == 0 ? -0.035...0.035 : 0.35...0.45
    #expect(range.contains(tau), "\(tau)")
  }

  @Test("parameters of no stable law, and a bound that leaves no room for the volatility, are refused at their places")
  func refusals() throws {
    func problems(_ members: String) throws -> [String] {
      let text = #"{ "model": "stable", "annualVolatility": 0.4, "largestMove": 0.2, \#(members) }"#
      let root = try DocumentParser.parse(Array(text.utf8), file: "x.json").root
      let reading = Reading()
      _ = PriceProcesses.catalogue.value(of: root, reading)
      return reading.problems.map { "\($0.path): \($0.message)" }
    }
    #expect(try problems(#""stability": 1.7"#).isEmpty)
    #expect(try problems(#""stability": 2.5"#) == ["/stability: 2.5 is not above 0 and at most 2"])
    #expect(try problems(#""stability": 0"#) == ["/stability: 0 is not above 0 and at most 2"])
    #expect(try problems(#""stability": 1.7, "skew": 1.5"#) == ["/skew: 1.5 is outside -1…1"])
    // Tails so heavy that r_max is beyond all numbers before they weigh that little.
    let heavy = Stable(annualVolatility: 1e-6, stability: 0.001, largestMove: 1)
    #expect(throws: FormViolation.self) { _ = try self.market(heavy, step: 60, steps: 1, seed: 1) }
    let tight = Stable(annualVolatility: 0.4, stability: 1.7, largestMove: 0.01)
    let violation = #expect(throws: FormViolation.self) { _ = try self.market(tight, step: 86_400, steps: 1, seed: 1) }
    #expect(
      violation?.description.hasPrefix("assets/A/process/largestMove: with moves of a sub-step or a night") == true)
  }

  @Test("the report's sentence tells how often moves are cut")
  func limits() throws {
    let clock = try SmallMarket.clock(step: 86_400, steps: 1, substeps: 1)
    let process = Stable(annualVolatility: 0.6, stability: 1.7, largestMove: 0.1)
    let moves = try moves(process, clock.intradayYears)
    let percent = JSONWriter.number((moves.shareBeyond * 1e7).rounded() / 1e5)
    let limits = SmallMarket.scenario(clock, [process]).limits
    #expect(limits.contains { $0.hasPrefix("Stable moves are truncated: \(percent) % of those of a sub-step") })
  }
}
