import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// A path is a pure function of scenario, seed and number: everything else leaves every bit.
struct PathIdentityTests {
  private static let events = [
    SmallMarket.crash(contagion: ["B": .init(beta: .fixed(0.7), lag: .fixed(90))]),
    NamedEvent(
      "second",
      FlashCrash(
        asset: "B", start: .between(900, 2400), drop: .between(0.05, 0.3), fall: .init(duration: .between(20, 200)),
        recovery: .init(fraction: .fixed(0.5), halfLife: .fixed(300)))),
  ]

  private func scenario(
    warmup: Int = 0, title: String = "small", extra: Bool = false, events: [NamedEvent] = events
  ) throws -> Scenario {
    let clock = try SmallMarket.clock(sessions: true, steps: 60, warmup: warmup)
    var processes: [any PriceProcess] = [
      GeometricBrownianMotion(annualVolatility: .between(0.2, 0.6)),
      try SmallMarket.merton(rate: 2000, mean: 0, deviation: 0.003),
    ]
    if extra { processes.append(SmallMarket.gbm(0.5)) }
    return SmallMarket.scenario(
      clock, processes, correlations: [AssetPair("A", "B"): 0.4, AssetPair("B", "C"): 0.3], latency: 13, events: events,
      title: title)
  }

  @Test("tile width and lane leave every bit", arguments: [1, 3, 8, 32])
  func tileWidth(groups: Int) throws {
    let market = try Market(scenario: scenario(), seed: 9)
    let reference = market.bars(paths: 64, groups: 2)
    #expect(market.bars(paths: 64, groups: groups) == reference)
  }

  @Test("a path is the same wherever a tile begins")
  func firstPath() throws {
    let market = try Market(scenario: scenario(), seed: 9)
    let reference = market.bars(paths: 64, groups: 4)
    let shifted = market.bars(paths: 24, firstPath: 19, groups: 3)
    #expect(shifted == Array(reference[19..<43]))
  }

  @Test("a tile that is used again makes the same paths")
  func reuse() throws {
    let market = try Market(scenario: scenario(), seed: 9)
    let tile = market.makeTile(groups: 2)
    func closes(_ firstPath: UInt64) -> [Lanes] {
      tile.reset(firstPath: firstPath)
      return (0..<60).map { _ in
        tile.advance()
        return tile.bars[2].close
      }
    }
    let first = closes(0)
    _ = closes(160)
    #expect(closes(0) == first)
  }

  @Test("a longer warm-up moves no bit, before t = 0 or after, and the price holds at t = 0", arguments: [1, 17, 400])
  func warmup(steps: Int) throws {
    let reference = try Market(scenario: scenario(), seed: 9).bars(paths: 16, groups: 2)
    let warmed = try Market(scenario: scenario(warmup: steps), seed: 9).bars(paths: 16, groups: 2)
    let longer = try Market(scenario: scenario(warmup: 500), seed: 9).bars(paths: 16, groups: 2)
    for path in 0..<16 {
      #expect(Array(warmed[path].dropFirst(steps)) == reference[path])
      #expect(warmed[path] == Array(longer[path].dropFirst(500 - steps)))
      #expect(abs(warmed[path][steps - 1][0].close / 100 - 1) < 1e-15)
    }
  }

  @Test("an asset that sorts last leaves the others bit for bit")
  func extraAsset() throws {
    let reference = try Market(scenario: scenario(), seed: 9).bars(paths: 16, groups: 2)
    let extended = try Market(scenario: scenario(extra: true), seed: 9).bars(paths: 16, groups: 2)
    for path in 0..<16 { #expect(extended[path].map { Array($0.prefix(2)) } == reference[path]) }
  }

  @Test("title and order of declaration leave every bit")
  func titleAndOrder() throws {
    let first = try scenario()
    let renamed = try scenario(title: "another")
    let movement = try #require(renamed.movement as? ProcessMovement)
    let turned = Scenario(
      title: "turned", clock: first.clock, assets: renamed.assets.reversed(),
      movement: .processes(movement.processes.reversed(), movement.dependence), venue: renamed.venue,
      events: renamed.events.reversed())
    let reference = try Market(scenario: first, seed: 9).bars(paths: 16, groups: 2)
    #expect(try Market(scenario: turned, seed: 9).bars(paths: 16, groups: 2) == reference)
  }

  @Test("another seed or namespace gives other paths")
  func seedAndNamespace() throws {
    let reference = try Market(scenario: scenario(), seed: 9).bars(paths: 8, groups: 1)
    #expect(try Market(scenario: scenario(), seed: 10).bars(paths: 8, groups: 1) != reference)
    #expect(try Market(scenario: scenario(), seed: 9, namespace: .train).bars(paths: 8, groups: 1) != reference)
  }

  @Test("two paths are independent of each other: different numbers in every lane")
  func lanesDiffer() throws {
    let market = try Market(scenario: scenario(events: []), seed: 9)
    let closes = market.bars(paths: 256, groups: 4).map { $0[30][0].close }
    #expect(Set(closes).count == 256)
  }
}
