import Documents
import Lanes
import Markets
import Randomness
import Testing

@Suite("Correlations")
struct CorrelationTests {
  /// A market of GBM assets A, B, …, each with a volatility of 0.3.
  private func market(_ correlations: [AssetPair: Double], assets: Int, steps: Int = 20) throws -> Market {
    let clock = try SmallMarket.clock(step: 3600, steps: steps)
    return try Market(
      scenario: SmallMarket.scenario(
        clock, (0..<assets).map { _ in SmallMarket.gbm() }, correlations: correlations), seed: 3)
  }

  /// Whether two prices are the same but for the rounding of sums in another order.
  private func areEqual(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * a }

  /// The log returns of a step's intraday move on 64 paths: [step][asset][path], from the closes.
  private func returns(_ market: Market) -> [[[Double]]] {
    let bars = market.bars(paths: 64, groups: 8)
    return (1..<bars[0].count).map { step in
      market.description.assets.indices.map { asset in
        bars.map { path in log(Lanes(path[step][asset].close / path[step - 1][asset].close))[0] }
      }
    }
  }

  /// Measured before: "no assets can have these correlations together".
  @Test("twins of correlation 1 have the same prices bit for bit, mirrors of −1 mirrored returns")
  func perfect() throws {
    for bars in try market([AssetPair("A", "B"): 1], assets: 2).bars(paths: 64, groups: 8) {
      #expect(bars.allSatisfy { $0[0].close == $0[1].close && $0[0].open == $0[1].open })
    }
    // −½σ²dt each way: the sum of both log returns is −σ²dt.
    let drift = -0.09 / (365 * 24)
    for step in returns(try market([AssetPair("A", "B"): -1], assets: 2)) {
      #expect(zip(step[0], step[1]).allSatisfy { abs($0 + $1 - drift) < 1e-12 })
    }
  }

  @Test("three assets that are −½ to each other have normals that add up to 0")
  func threeOpposed() throws {
    let pairs = [AssetPair("A", "B"): -0.5, AssetPair("A", "C"): -0.5, AssetPair("B", "C"): -0.5]
    let drift = -1.5 * 0.09 / (365 * 24)
    for step in returns(try market(pairs, assets: 3)) {
      for path in 0..<64 { #expect(abs(step[0][path] + step[1][path] + step[2][path] - drift) < 1e-12) }
    }
  }

  @Test("blocks of ones are blocks of twins")
  func blocks() throws {
    var pairs = [AssetPair("A", "B"): 1.0, AssetPair("C", "D"): 1]
    for pair in ["AC", "AD", "BC", "BD"] { pairs[AssetPair("\(pair.first ?? "A")", "\(pair.last ?? "C")")] = 0.3 }
    for bars in try market(pairs, assets: 4).bars(paths: 16, groups: 2) {
      #expect(bars.allSatisfy { $0[0].close == $0[1].close && areEqual($0[2].close, $0[3].close) })
      #expect(bars.contains { $0[0].close != $0[2].close })
    }
  }

  /// Invariant 2 with a matrix without an inverse.
  @Test("an asset that sorts last and follows from the others leaves them as they were, bit for bit")
  func lastAsset() throws {
    let two = try market([AssetPair("A", "B"): 0.4], assets: 2).bars(paths: 16, groups: 2)
    let pairs = [AssetPair("A", "B"): 0.4, AssetPair("A", "C"): 0.4, AssetPair("B", "C"): 1]
    let three = try market(pairs, assets: 3).bars(paths: 16, groups: 2)
    for (path, other) in zip(two, three) {
      for (bars, more) in zip(path, other) {
        #expect(bars[0].close == more[0].close && bars[1].close == more[1].close)
        #expect(areEqual(more[1].close, more[2].close))
      }
    }
  }

  /// Correlations of unit vectors in 1…n dimensions: semi-definite of every rank. Planted mistakes: a pivot of rounding's
  /// size divided by; a zero pivot refused.
  @Test("every positive semi-definite matrix runs, whatever its rank", arguments: 0..<60)
  func everyRank(seed: Int) throws {
    let key = RandomStreams(seed: UInt64(seed), namespace: .test).key("matrix")
    var stream = SparseStream(key, path: 0, lastWord: 0)
    let assets = 2 + seed % 11
    let rank = 1 + seed % assets
    let vectors = (0..<assets).map { _ -> [Double] in
      let vector = (0..<rank).map { _ in normalQuantile(Lanes(stream.uniform()))[0] }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { $0 / length }
    }
    var pairs: [AssetPair: Double] = [:]
    var matrix = Array(repeating: Array(repeating: 1.0, count: assets), count: assets)
    let names = (0..<assets).map { String(UnicodeScalar(UInt8(65 + $0))) }
    for a in 0..<assets {
      for b in 0..<a {
        let product = zip(vectors[a], vectors[b]).reduce(0) { $0 + $1.0 * $1.1 }
        pairs[AssetPair(names[a], names[b])] = min(1, max(-1, product))
        (matrix[a][b], matrix[b][a]) = (product, product)
      }
    }
    let market = try market(pairs, assets: assets, steps: 1)
    #expect(zip(market.description.correlation, matrix).allSatisfy { zip($0, $1).allSatisfy { abs($0 - $1) < 1e-12 } })
    // A step of the market has exactly these correlations in its linear maps: where the rank is 1, all are twins or mirrors.
    if rank == 1 {
      for bars in market.bars(paths: 8, groups: 1) {
        let moves = bars[0].map { abs(log(Lanes($0.close / 100))[0] + 0.045 / (365 * 24)) }
        #expect(moves.allSatisfy { abs($0 - moves[0]) < 1e-9 * abs(moves[0]) + 1e-13 }, "seed \(seed): \(moves)")
      }
    }
  }

  /// Eigenvalues by numpy.linalg.eigvalsh; ranges by ρ₁₂ρ₁₃ ± √((1 − ρ₁₂²)(1 − ρ₁₃²)).
  @Test(
    "a matrix that no joint law has is refused, with the pair and the eigenvalue",
    arguments: [
      (
        ["A/B": 0.9, "A/C": 0.9, "B/C": -0.9],
        "no assets can have these correlations together: A/B of 0.9 and A/C of 0.9 leave B/C in 0.62…1, and B/C is -0.9; "
          + "the smallest eigenvalue of their matrix is -0.8, and none may be under 0"
      ),
      (
        ["A/B": 1, "A/C": 0.5, "B/C": 0.6],
        "no assets can have these correlations together: A/B of 1 and A/C of 0.5 leave B/C in 0.5…0.5, and B/C is 0.6; "
          + "the smallest eigenvalue of their matrix is -0.00709, and none may be under 0"
      ),
      (
        ["A/B": -0.4, "A/C": -0.4, "A/D": -0.4, "B/C": -0.4, "B/D": -0.4, "C/D": -0.5],
        "no assets can have these correlations together: C/D of -0.5 is the furthest from what the others leave it; "
          + "the smallest eigenvalue of their matrix is -0.252, and none may be under 0"
      ),
    ])
  func refused(_ correlations: [String: Double], _ message: String) throws {
    let names = Set(correlations.keys.flatMap { $0.split(separator: "/").map(String.init) }).sorted()
    var pairs: [AssetPair: Double] = [:]
    for (pair, value) in correlations {
      let ends = pair.split(separator: "/").map(String.init)
      pairs[AssetPair(ends[0], ends[1])] = value
    }
    let violation = #expect(throws: FormViolation.self) { _ = try market(pairs, assets: names.count) }
    #expect(violation?.description == "dependence: \(message)")
    let assets = names.map { name in
      #""\#(name)": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.3 }, "#
        + #""liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } }"#
    }
    let written = correlations.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    let text = """
      { "stresslab": "scenario/1", "title": "small",
        "clock": { "step": "1h", "length": "10h", "calendar": { "model": "continuous" } },
        "assets": { \(assets.joined(separator: ", ")) },
        "dependence": { "model": "gaussian", "correlations": { \(written.joined(separator: ", ")) } },
        "venue": {} }
      """
    let problems = #expect(throws: Problems.self) {
      _ = try Scenario.read(DocumentLoader().load(Array(text.utf8), file: "s.json"))
    }
    #expect(problems?.all.map { "\($0.path): \($0.message)" } == ["/dependence/correlations: \(message)"])
  }
}
