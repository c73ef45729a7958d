import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// What every kind of process keeps: a path is a function of scenario, seed and number, whatever it is computed beside.
///
/// Planted mistakes: jumps after t = 0 that count from the last before it; jumps that excite others and are not in ∫λ.
struct ProcessKindTests {
  /// The kind as assets A and C, correlated, with a diffusion between them; or what it is beside.
  private func scenario(
    _ kind: ProcessKind, warmup: Int = 0, assets: Int = 3, substeps: Int? = nil, events: [NamedEvent] = []
  ) throws -> Scenario {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 39, warmup: warmup, substeps: substeps)
    let processes: [any PriceProcess] = [try kind.process(), SmallMarket.gbm(), try kind.process()]
    return SmallMarket.scenario(
      clock, Array(processes.prefix(assets)),
      correlations: assets > 2
        ? [AssetPair("A", "B"): 0.4, AssetPair("A", "C"): 0.5] : [AssetPair("A", "B"): 0.4], latency: 13,
      events: events)
  }

  @Test("the table has a row for each process of the catalogue")
  func isComplete() {
    #expect(ProcessKind.all.map(\.name) == PriceProcesses.catalogue.entries.map(\.name))
  }

  @Test("tile width, lane and the place of a tile leave every bit; so does a second use", arguments: ProcessKind.all)
  func identity(_ kind: ProcessKind) throws {
    let market = try Market(scenario: scenario(kind, warmup: 7), seed: 9)
    let reference = market.bars(paths: 64, groups: 2)
    #expect(market.bars(paths: 64, groups: 1) == reference)
    #expect(market.bars(paths: 64, groups: 8) == reference)
    #expect(market.bars(paths: 24, firstPath: 19, groups: 3) == Array(reference[19..<43]))
    let tile = market.makeTile(groups: 2)
    func closes(_ firstPath: UInt64) -> [Lanes] {
      tile.reset(firstPath: firstPath)
      return (0..<46).map { _ in
        tile.advance()
        return tile.bars[0].close
      }
    }
    let first = closes(0)
    _ = closes(160)
    #expect(closes(0) == first)
  }

  @Test("an asset that sorts last leaves the others bit for bit", arguments: ProcessKind.all)
  func extraAsset(_ kind: ProcessKind) throws {
    let reference = try Market(scenario: scenario(kind, assets: 2), seed: 9).bars(paths: 16, groups: 2)
    let extended = try Market(scenario: scenario(kind), seed: 9).bars(paths: 16, groups: 2)
    for path in 0..<16 { #expect(extended[path].map { Array($0.prefix(2)) } == reference[path]) }
  }

  @Test(
    "an event leaves what was before it, and at severity 0 everything, bit for bit", arguments: ProcessKind.all,
    [1, 4])
  func events(_ kind: ProcessKind, substeps: Int) throws {
    // Asset A alone is struck, so the others may be what they are.
    let crash =
      kind.isArithmetic
      ? SmallMarket.arithmeticCrash(start: 36_000, duration: 1200)
      : SmallMarket.crash(start: 36_000, duration: 1200)
    let calm = try Market(scenario: scenario(kind, substeps: substeps), seed: 9).bars(paths: 16, groups: 2)
    let hit = try scenario(kind, substeps: substeps, events: [crash])
    let zero = try Market(scenario: hit, severity: 0, seed: 9).bars(paths: 16, groups: 2)
    let struck = try Market(scenario: hit, seed: 9).bars(paths: 16, groups: 2)
    for path in 0..<16 {
      #expect(calm[path].map { $0.map(\.numbers) } == zero[path].map { $0.map(\.numbers) })
      #expect(Array(calm[path].prefix(20)) == Array(struck[path].prefix(20)))
      #expect(calm[path].map { $0[2].numbers } == struck[path].map { $0[2].numbers })
      #expect(struck[path][20][0].low < 0.97 * calm[path][20][0].low)
    }
  }

  /// A longer warm-up moves no bit of what has no memory; of the rest it moves the state at t = 0 and not a draw, so that returns
  /// still go together.
  @Test("the price holds at t = 0 whatever the warm-up, and later draws stay", arguments: ProcessKind.all)
  func warmup(_ kind: ProcessKind) throws {
    let short = try Market(scenario: scenario(kind, warmup: 3), seed: 9).bars(paths: 64, groups: 2)
    let long = try Market(scenario: scenario(kind, warmup: 40), seed: 9).bars(paths: 64, groups: 2)
    var products = (0.0, 0.0, 0.0)
    for path in 0..<64 {
      #expect(abs(short[path][2][0].close / 100 - 1) < 1e-13 && abs(long[path][39][0].close / 100 - 1) < 1e-13)
      let (a, b) = (Array(short[path].dropFirst(3)), Array(long[path].dropFirst(40)))
      if !kind.hasMemory { #expect(a == b) }
      for (x, y) in zip(a, b) {
        let (x, y) = (log(x[0].close / x[0].open), log(y[0].close / y[0].open))
        products.0 += x * y
        products.1 += x * x
        products.2 += y * y
      }
    }
    let correlation = products.0 / (products.1 * products.2).squareRoot()
    #expect(correlation > (kind.hasMemory ? 0.7 : 1 - 1e-12), "\(correlation)")
  }

  @Test(
    "where nights have nearly all of the variance prices are numbers, and hardly move by day",
    arguments: ProcessKind.all)
  func nightsAlone(_ kind: ProcessKind) throws {
    let clock = try SmallMarket.clock(sessions: true, step: 11_700, steps: 4, overnightShare: 1 - 1e-12)
    let dependence = StudentDependence(degrees: 4, [AssetPair("A", "B"): 0.5])
    let scenario = try SmallMarket.scenario(clock, [kind.process(), kind.process()], dependence: dependence)
    for path in try Market(scenario: scenario, seed: 9).bars(paths: 16, groups: 2) {
      #expect(path.allSatisfy { $0.allSatisfy { $0.numbers.allSatisfy(\.isFinite) } })
      #expect(path.allSatisfy { abs($0[0].close / $0[0].open - 1) < 0.01 })
    }
  }

  /// G1; 4 standard errors, a false alarm in 16,000 for each.
  @Test(
    "the mean price is S₀·exp(μT) after a warm-up, also while an event multiplies the volatility",
    arguments: ProcessKind.all.filter { $0.drifting != nil }, [false, true])
  func martingale(_ kind: ProcessKind, hasEvent: Bool) throws {
    let clock = try SmallMarket.clock(sessions: true, step: 1800, steps: 130, warmup: 13, substeps: 1)
    // A full recovery with a half-life of half an hour is over at the horizon; the volatility was tripled.
    let event = SmallMarket.crash(start: 36_000, drop: 0.2, duration: 3600, fraction: 1, halfLife: 1800)
    let make = try #require(kind.drifting)
    let scenario = SmallMarket.scenario(clock, [try make()], events: hasEvent ? [event] : [])
    let prices = try Market(scenario: scenario, seed: 2).finalPrices(paths: 65_536)
    let z = score(prices, against: exp(0.2 * clock.years(clock.steps)))
    #expect(abs(z) < 4, "\(z)")
  }
}
