import Foundation
import MarketData
import Markets
import Randomness
import Statistics
import Testing

@Suite("Stylised facts")
struct StylisedFactTests {
  private static let ibm = Result {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let path = "\(root)/fixtures/us_equities_5_daily_ohlcv_2000_2013_public_domain.csv"
    let table = try CSVTable([UInt8](Data(contentsOf: URL(fileURLWithPath: path))), file: path)
    let bars = try BarTable(table, BarLayout(finding: [:], in: table, needs: [:]), assets: ["IBM"]).series[0]
    return ReturnSeries(
      returns: zip(bars.close, bars.close.dropFirst()).map { log($1 / $0) }, volumes: Array(bars.volume.dropFirst()))
  }

  /// With r = np.diff(np.log(close)) of IBM, numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0.
  static let figures: [(name: String, value: Double, call: String)] = [
    ("linearAutocorrelation", 0.04551412581178438, "abs(acf(r, adjusted=True, nlags=10, fft=False)[1:]).max()"),
    ("clustering", 0.26205883881447245, "acf(abs(r), adjusted=True, nlags=20, fft=False)[1]"),
    ("slowDecay", 0.17803502132435678, "acf(abs(r), adjusted=True, nlags=20, fft=False)[20]"),
    ("lowerTail", 3.2192124812163003, "1 / mean(log(s[:82]) - log(s[82])), s the falls, largest first"),
    ("upperTail", 3.0728555087768092, "the same of the rises"),
    ("kurtosis", 7.4347878067222055, "scipy.stats.kurtosis(r)"),
    ("aggregation", 0.11779780391021213, "kurtosis(r[:3260].reshape(-1, 20).sum(1)) / kurtosis(r)"),
    (
      "leverage", -0.03735098920016589,
      "sums of x[:-k] * (x[k:]**2 - v) over k = 1 … 10, over pairs and sqrt(v * mean((x**2 - v)**2))"
    ),
    ("gainLossAsymmetry", 1.0336772380083439, "-quantile(r, .01) / quantile(r, .99), method='inverted_cdf'"),
    ("volumeVolatility", 0.4839583476359404, "scipy.stats.spearmanr(volume, abs(r))"),
  ]

  @Test("of recorded bars are what Python's libraries say", arguments: figures)
  func recorded(name: String, value: Double, call: String) throws {
    let fact = try #require(StylisedFact.catalogue.first { $0.name == name })
    let found = try fact.statistic([Self.ibm.get()])
    // The last digit of a logarithm decides whether two returns tie, and ties move ranks.
    let tolerance = name == "volumeVolatility" ? 1e-6 : 1e-9
    #expect(abs(found - value) <= tolerance * abs(value), "\(call): \(found)")
    #expect(StylisedFact.catalogue.count == Self.figures.count)
  }

  /// Series of several lengths, rounded so that some returns and volumes are equal.
  private static let several: [ReturnSeries] = {
    var stream = SparseStream(RandomStreams(seed: 8, namespace: .report).key("test"), path: 0)
    return [300, 15, 240, 1, 330].map { count in
      let returns = (0..<count).map { _ in
        let (u, v) = (stream.uniform(), stream.uniform())
        return ((u - 0.48) * (v > 0.95 ? 5 : 1) * 1000).rounded() / 1e5
      }
      return ReturnSeries(
        returns: returns, volumes: returns.map { ((abs($0) + stream.uniform() / 100) * 1000).rounded() })
    }
  }()

  @Test(
    "of series that count several times, or not at all, are those of all of them written out",
    arguments: [[2, 0, 1, 3, 1], [0, 1, 4, 0, 0], [1, 1, 1, 1, 1], [0, 0, 0, 0, 5]])
  func weights(weights: [Int]) throws {
    let writtenOut = zip(Self.several, weights).flatMap { Array(repeating: $0, count: $1) }
    for fact in StylisedFact.catalogue {
      let (found, expected) = (fact.statistic(Self.several, weights: weights), fact.statistic(writtenOut))
      try #require(expected.isFinite, "\(fact.name)")
      #expect(
        abs(found - expected) <= 1e-9 * max(abs(expected), 0.01), "\(fact.name): \(found), written out \(expected)")
    }
  }

  @Test("say nothing where nothing counts, nothing varies, or there is too little", arguments: [[0, 0], [0, 1]])
  func nothing(weights: [Int]) {
    let still = ReturnSeries(returns: Array(repeating: 0, count: 300), volumes: Array(repeating: 5, count: 300))
    for fact in StylisedFact.catalogue {
      #expect(fact.statistic([Self.several[0], still], weights: weights).isNaN, "\(fact.name)")
    }
  }

  private static let key = RandomStreams(seed: 3, namespace: .report).key("test")

  @Test("have a bootstrap's interval around them that says how little one series tells")
  func intervals() throws {
    for one in try FactEstimate.ofRecorded(Self.ibm.get(), key: Self.key) {
      let (value, low, high) = (one.estimate.value ?? .nan, one.estimate.low ?? .nan, one.estimate.high ?? .nan)
      #expect(low < high && low <= value && value <= high, "\(one.fact.name) \(one.estimate)")
    }
  }

  /// Gate G14's first half: geometric Brownian motion has none of what makes returns of markets what they are. A fact passes
  /// where its interval reaches into the usual range.
  @Test("are not met by geometric Brownian motion: neither clusters, nor tails, nor leverage, nor volume")
  func brownian() throws {
    let clock = try Clock(
      calendar: .continuous(), step: 86_400, length: 86_400 * 250, warmup: 0, start: CalendarDay(daysSince1970: 19_724))
    let scenario = Scenario(
      title: "g", clock: clock,
      assets: [
        AssetTerms(
          name: "A", price: 100,
          liquidity: Liquidity(halfSpreadBps: 1, volumePerDay: 1e6, depthTo1Percent: 1e5, refillHalfLifeSeconds: 20))
      ],
      movement: .processes([GeometricBrownianMotion(annualVolatility: .fixed(0.3))], GaussianDependence()))
    let market = try Market(scenario: scenario, severity: 0, seed: 5)
    let tile = market.makeTile(groups: 10)
    tile.reset(firstPath: 0)
    var closes = Array(repeating: [100.0], count: 80)
    var volumes = Array(repeating: [Double](), count: 80)
    for _ in 0..<250 {
      tile.advance()
      for path in closes.indices {
        closes[path].append(tile.bars[path / 8].close[path % 8])
        volumes[path].append(tile.bars[path / 8].volume[path % 8])
      }
    }
    let series = zip(closes, volumes).map { closes, volumes in
      ReturnSeries(returns: zip(closes, closes.dropFirst()).map { log($1 / $0) }, volumes: volumes)
    }
    for one in FactEstimate.ofPaths(series, key: Self.key) {
      let (low, high) = (try #require(one.estimate.low), try #require(one.estimate.high))
      let isMet = one.fact.usual.map { low <= $0.upperBound && high >= $0.lowerBound } ?? true
      let fails = ["clustering", "slowDecay", "leverage", "lowerTail", "upperTail", "kurtosis", "volumeVolatility"]
      #expect(
        isMet == !fails.contains(one.fact.name) || one.fact.name == "aggregation", "\(one.fact.name) \(one.estimate)")
    }
  }
}
