import CGSL
import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Testing

/// Student's copula against GSL's laws, SciPy's and the closed forms of rank correlation and tail dependence; 4 standard errors
/// (a false alarm in 16,000 a figure), seeds fixed.
///
/// Planted mistakes, each seen to fail: √s for X; one χ² for each asset; the same χ² at every step; χ²/ν for ν/χ²; X in place of
/// X − Z; a night left out of Z; no coupling at all.
@Suite("Student's copula")
struct StudentCopulaTests {
  /// Innovations of one step of two assets on many paths, from close to close; each a session with its night, of two sub-steps.
  private func innovations(
    _ dependence: any Dependence, paths: Int, seed: UInt64 = 71, substeps: Int = 2
  ) throws -> (first: [Double], second: [Double]) {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 1, substeps: substeps)
    let scenario = SmallMarket.scenario(clock, [SmallMarket.gbm(), SmallMarket.gbm()], dependence: dependence)
    let market = try Market(scenario: scenario, seed: seed)
    let deviation = 0.3 / 252.0.squareRoot()
    let columns = (0..<2).map { asset in
      market.finalPrices(paths: paths, asset: asset).map { (log($0) + 0.5 * deviation * deviation) / deviation }
    }
    return (columns[0], columns[1])
  }

  private func student(_ degrees: Double, _ rho: Double) -> StudentDependence {
    StudentDependence(degrees: degrees, [AssetPair("A", "B"): rho])
  }

  @Test(
    "Student's variables become normal ones by both laws, far into the tails", arguments: [2.01, 3, 4, 8, 30, 1000])
  func map(degrees: Double) {
    let copula = StudentCopula(degrees: degrees)
    for step in 1...160 {
      // From a hundredth to beyond 10⁷.
      let t = pow(10, Double(step) / 18 - 2)
      let tail = gsl_cdf_tdist_Q(t, degrees)
      guard tail > 1e-28 else { break }
      let expected = gsl_cdf_ugaussian_Qinv(tail)
      #expect(abs(copula.normal(at: Lanes(t))[0] - expected) < 3e-8 * expected, "\(t): not \(expected)")
      #expect(copula.normal(at: Lanes(-t)) == -copula.normal(at: Lanes(t)))
    }
    #expect(copula.normal(at: .zero) == .zero)
  }

  @Test("an asset's own innovations stay standard normal, from close to close and in their parts", arguments: [3.0, 6])
  func margins(degrees: Double) throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 1, substeps: 2)
    let processes = [SmallMarket.gbm(), SmallMarket.gbm()]
    let market = try Market(
      scenario: SmallMarket.scenario(clock, processes, dependence: student(degrees, 0.6)), seed: 72)
    let deviation = 0.3 / 252.0.squareRoot()
    var (whole, gaps, days): ([Double], [Double], [Double]) = ([], [], [])
    market.walk(paths: 65_536, groups: 32) { tile in
      for bar in tile.bars.suffix(tile.groups) {
        for lane in 0..<Lanes.count {
          let gap = log(bar.open[lane] / 100) + 0.5 * deviation * deviation * 0.35
          let day = log(bar.close[lane] / bar.open[lane]) + 0.5 * deviation * deviation * 0.65
          gaps.append(gap / (deviation * 0.35.squareRoot()))
          days.append(day / (deviation * 0.65.squareRoot()))
          whole.append((gap + day) / deviation)
        }
      }
    }
    for sample in [whole, gaps, days] {
      // scipy.stats.kstwobign.isf(1e-4)
      #expect(kolmogorovSmirnov(sample.map { gsl_cdf_ugaussian_P($0) }) < 2.225)
      #expect(abs(score(sample, against: 0)) < 4)
      let squares: [Double] = sample.map { $0 * $0 }
      #expect(abs(score(squares, against: 1)) < 4)
      let fourths: [Double] = squares.map { $0 * $0 }
      #expect(abs(score(fourths, against: 3)) < 4)
    }
    let products: [Double] = zip(gaps, days).map { (gap: Double, day: Double) in gap * day }
    let squares: [Double] = products.map { $0 * $0 }
    #expect(abs(score(products, against: 0)) < 4)
    #expect(abs(score(squares, against: 1)) < 4)
  }

  @Test("one step tells nothing of the next, of its size neither")
  func independence() throws {
    let clock = try SmallMarket.clock(step: 3600, steps: 2, substeps: 1)
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(), SmallMarket.gbm()], dependence: student(3, 0.6))
    let deviation = 0.3 * clock.intradayYears.squareRoot()
    var last: [Double] = []
    var (products, sizes): ([Double], [Double]) = ([], [])
    try Market(scenario: scenario, seed: 74).walk(paths: 65_536, groups: 32) { tile in
      var innovations: [Double] = []
      for bar in tile.bars {
        for lane in 0..<Lanes.count {
          innovations.append(log(bar.close[lane] / bar.open[lane]) / deviation + 0.5 * deviation)
        }
      }
      if tile.step == 1 {
        for (before, after) in zip(last, innovations) {
          products.append(before * after)
          sizes.append((before * before - 1) * (after * after - 1))
        }
      }
      last = innovations
    }
    #expect(abs(score(products, against: 0)) < 4)
    let z = score(sizes, against: 0)
    #expect(abs(z) < 4, "\(z)")
  }

  @Test("Kendall's rank correlation is that of the normals behind", arguments: [(3.0, 0.5), (4, -0.7), (10, 0.9)])
  func rankCorrelation(degrees: Double, rho: Double) throws {
    let (first, second) = try innovations(student(degrees, rho), paths: 262_144)
    // Neighbouring paths are independent: each couple of them agrees or not, once.
    var agreements: [Double] = []
    for path in stride(from: 0, to: first.count, by: 2) {
      let isRising = first[path] < first[path + 1]
      agreements.append(isRising == (second[path] < second[path + 1]) ? 1 : -1)
    }
    let z = score(agreements, against: 2 / Double.pi * asin(rho))
    #expect(abs(z) < 4, "\(z)")
  }

  /// C(q, q)/q: scipy.integrate.quad (SciPy 1.17.1) over χ²_ν of the bivariate normal law by scipy.special.owens_t. In the limit of
  /// q = 0 they are 0.2532, 0.0756 and 0.3125 by the formula; the normal copula at ρ = ½ has 0.1294 and 0.0543.
  @Test(
    "assets go to their extremes together as often as the copula has it",
    arguments: [
      (4.0, 0.5, 0.01, 0.28767843485153766), (4, 0.5, 0.001, 0.26349317059295224), (4, 0, 0.01, 0.0945784633832009),
      (3, 0.5, 0.01, 0.32958204785313966),
    ], [1, 8])
  func tails(_ row: (degrees: Double, rho: Double, q: Double, share: Double), substeps: Int) throws {
    let paths = 262_144
    let (first, second) = try innovations(student(row.degrees, row.rho), paths: paths, seed: 73, substeps: substeps)
    let level = gsl_cdf_ugaussian_Pinv(row.q)
    let expected = row.share * row.q * Double(paths)
    for sign in [1.0, -1] {
      let both = zip(first, second).reduce(0.0) { (count: Double, pair: (Double, Double)) -> Double in
        sign * pair.0 < level && sign * pair.1 < level ? count + 1 : count
      }
      #expect(abs(both - expected) < 4 * expected.squareRoot(), "\(both) where \(expected) were expected")
    }
  }

  @Test("the normal copula goes to its extremes together less often")
  func gaussianTails() throws {
    let (first, second) = try innovations(GaussianDependence([AssetPair("A", "B"): 0.5]), paths: 262_144)
    let level = gsl_cdf_ugaussian_Pinv(0.01)
    let both = zip(first, second).reduce(0.0) { (count: Double, pair: (Double, Double)) -> Double in
      pair.0 < level && pair.1 < level ? count + 1 : count
    }
    let expected = 0.1293924418264647 * 2621.44
    #expect(abs(both - expected) < 4 * expected.squareRoot())
  }

  /// X − Z is about Z·N/√(2ν), N the normal behind χ².
  @Test("with many degrees of freedom it is the normal copula, draw by draw", arguments: [1e4, 1e6])
  func limit(degrees: Double) throws {
    let correlations = [AssetPair("A", "B"): 0.5]
    let normal = try innovations(GaussianDependence(correlations), paths: 8192)
    let student = try innovations(StudentDependence(degrees: degrees, correlations), paths: 8192)
    let all = (normal: normal.first + normal.second, student: student.first + student.second)
    let differences: [Double] = all.normal.indices.map { all.normal[$0] - all.student[$0] }
    let square = differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)
    #expect(abs(square * 2 * degrees - 1) < 0.2, "\(square * 2 * degrees)")
    #expect(differences.allSatisfy { abs($0) < 15 / degrees.squareRoot() })
  }

  @Test("twins of correlation 1 have the same prices bit for bit, mirrors of −1 mirrored returns")
  func perfect() throws {
    let twins = try innovations(student(4, 1), paths: 512)
    #expect(twins.first == twins.second)
    let mirrors = try innovations(student(4, -1), paths: 512)
    #expect(zip(mirrors.first, mirrors.second).allSatisfy { abs($0 + $1) < 1e-9 })
  }

  @Test("tile width, a longer warm-up and an asset that sorts last leave every bit")
  func identity() throws {
    func bars(warmup: Int, assets: Int, groups: Int, events: [NamedEvent] = []) throws -> [[[PathBar]]] {
      let clock = try SmallMarket.clock(sessions: true, step: 11_700, steps: 6, warmup: warmup, substeps: 4)
      let pairs = [AssetPair("A", "B"): 0.5, AssetPair("A", "C"): 0.3]
      return try Market(
        scenario: SmallMarket.scenario(
          clock, (0..<assets).map { _ in SmallMarket.gbm() },
          dependence: StudentDependence(degrees: 4, assets > 2 ? pairs : [AssetPair("A", "B"): 0.5]), latency: 13,
          events: events), seed: 9
      ).bars(paths: 32, groups: groups)
    }
    let reference = try bars(warmup: 0, assets: 2, groups: 4)
    #expect(try bars(warmup: 0, assets: 2, groups: 1) == reference)
    #expect(try bars(warmup: 5, assets: 2, groups: 4).map { Array($0.dropFirst(5)) } == reference)
    #expect(try bars(warmup: 0, assets: 3, groups: 2).map { $0.map { Array($0.prefix(2)) } } == reference)
  }

  @Test("degrees of 2 and less, correlations beyond 1 and impossible ones are refused with their places")
  func refusals() {
    func problems(_ dependence: String) -> String {
      let assets = ["A", "B", "C"].map { name in
        #""\#(name)": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.3 }, "#
          + #""liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } }"#
      }
      let text = """
        { "stresslab": "scenario/1", "title": "small",
          "clock": { "step": "1h", "length": "10h", "calendar": { "model": "continuous" } },
          "assets": { \(assets.joined(separator: ", ")) }, "dependence": \(dependence), "venue": {} }
        """
      do {
        _ = try Scenario.read(DocumentLoader().load(Array(text.utf8), file: "s.json"))
        return ""
      } catch {
        return error.all.map { "\($0.path): \($0.message)" }.joined(separator: "\n")
      }
    }
    #expect(problems(#"{ "model": "studentT", "degrees": 4, "correlations": { "A/B": 0.5 } }"#).isEmpty)
    #expect(
      problems(#"{ "model": "studentT", "degrees": 2 }"#).hasPrefix(
        "/dependence/degrees: 2 is not above 2 and at most 1000"))
    #expect(
      problems(#"{ "model": "studentT", "correlations": { "A/B": 1.5 } }"#).contains("\"degrees\" is missing"))
    let impossible = #"{ "model": "studentT", "degrees": 4, "correlations": { "A/B": 1, "B/C": 1 }"#
    #expect(problems(impossible + " }").hasPrefix("/dependence/correlations: no assets can have these correlations"))
    #expect(problems(impossible + #", "repair": true }"#).isEmpty)
  }
}
