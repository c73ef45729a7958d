import Documents
import Glibc
import Lanes
import MarketData
import Markets
import Randomness
import Testing

/// What every event keeps, of those that blend correlations: identity, locality, order, severity, mean prices.
@Suite("The algebra of correlation events")
struct CorrelationAlgebraTests {
  private func bars(
    _ events: [NamedEvent], severity: Double = 1, paths: Int = 16
  ) throws -> [[[PathBar]]] {
    let clock = try SmallMarket.clock(sessions: true, steps: 90, warmup: 5)
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(), try SmallMarket.merton(), SmallMarket.gbm(0.5)],
      correlations: [AssetPair("A", "B"): 0.4], latency: 20, events: events)
    return try Market(scenario: scenario, severity: severity, seed: 12).bars(paths: paths, groups: 2)
  }

  @Test("at severity 0 the market is that without the event, bit for bit")
  func severityZero() throws {
    let calm = try bars([])
    let zero = try bars([try CorrelationMarket.event(from: 600, for: 1200)], severity: 0)
    for path in 0..<16 { #expect(calm[path].map { $0.map(\.numbers) } == zero[path].map { $0.map(\.numbers) }) }
  }

  /// Planted mistake: uniforms of the extremes drawn by lot where s = 0.
  @Test("nothing before its start moves on any path, and after its end every step moves as in calm")
  func locality() throws {
    let drawn = NamedEvent(
      "break",
      try CorrelationEvent(
        assets: ["A", "B"], start: .between(600, 2400), window: EventWindow(plateau: .fixed(1200)), blend: .fixed(0.8),
        to: .one, against: ["B"]))
    let calm = try bars([])
    let hit = try bars([drawn])
    for path in 0..<16 {
      let start = try #require(hit[path].firstIndex { $0[0].inWindow })
      let end = try #require(hit[path].lastIndex { $0[0].inWindow })
      #expect(Array(calm[path].prefix(start)) == Array(hit[path].prefix(start)))
      #expect(calm[path][start + 1][0].close != hit[path][start + 1][0].close)
      for step in (end + 1)..<95 {
        for asset in 0..<2 {
          let (one, other) = (calm[path][step][asset], hit[path][step][asset])
          for number in [\PathBar.close, \.high, \.low, \.arrival] {
            let change = log(one[keyPath: number] / one.open) - log(other[keyPath: number] / other.open)
            #expect(abs(change) < 1e-13)
          }
          #expect(one.volume == other.volume)
        }
      }
      #expect(calm[path].map { $0[2].numbers } == hit[path].map { $0[2].numbers })
    }
    #expect(Set((0..<16).map { path in hit[path].firstIndex { $0[0].inWindow } }).count > 8)
  }

  /// C(s) by the tile against the formula. Planted mistakes: shares by blends in place of their intensities; 1 − Π(1 − s)
  /// replaced by the sum.
  @Test("events of two targets share the blend by their intensities, in whatever order")
  func severalTargets() throws {
    let clock = try SmallMarket.clock(steps: 3)
    let own: [AssetPair: Double] = [AssetPair("A", "B"): 0.3, AssetPair("B", "C"): 0.2]
    for names in [["x", "y"], ["y", "x"]] {
      for theta in [0.5, 1, 2, 5] {
        let market = try Market(
          scenario: CorrelationMarket.scenario(
            own, assets: 3, clock: clock,
            events: [
              try CorrelationMarket.event(names[0], blend: 0.3, against: ["B"]),
              try CorrelationMarket.event(names[1], to: .pairs([AssetPair("A", "B"): 0.9]), blend: 0.6),
            ]), severity: theta, seed: 1)
        let tile = market.makeTile(groups: 1)
        tile.reset(firstPath: 0)
        tile.advance()
        let (first, second) = (-theta * log1p(-0.3), -theta * log1p(-0.6))
        let blend = 1 - exp(-first - second)
        let shares = (blend * first / (first + second), blend * second / (first + second))
        let found = { (a: Int, b: Int) in tile.dependence.correlation(a, b, part: 0, group: 0)[3] }
        #expect(abs(found(0, 1) - ((1 - blend) * 0.3 - shares.0 + shares.1 * 0.9)) < 1e-14)
        #expect(abs(found(1, 2) - ((1 - blend) * 0.2 - shares.0 + shares.1 * 0.2)) < 1e-14)
        #expect(abs(found(0, 2) - shares.0) < 1e-14)
        #expect(abs(found(1, 1) - 1) < 1e-14)
      }
    }
  }

  @Test("an event at severity 0.7 together with itself at 0.6 blends as that at 1.3, to a few ulp")
  func severitiesAdd() throws {
    let clock = try SmallMarket.clock(steps: 40)
    func blends(_ events: [NamedEvent], severity: Double) throws -> [Double] {
      let market = try Market(
        scenario: CorrelationMarket.scenario([AssetPair("A", "B"): 0.3], clock: clock, events: events),
        severity: severity, seed: 1)
      var found: [Double] = []
      market.walk(paths: 8, groups: 1) { tile in
        let rho = tile.dependence.isActive(part: 0) ? tile.dependence.correlation(0, 1, part: 0, group: 0)[0] : 0.3
        found.append(rho)
      }
      return found
    }
    func ramp(_ name: String, _ theta: Double) throws -> NamedEvent {
      NamedEvent(
        name,
        try CorrelationEvent(
          start: .fixed(300), window: EventWindow(rise: .fixed(600), halfLife: .fixed(300)),
          blend: .fixed(1 - pow(0.2, theta)), to: .one))
    }
    let both = try blends([ramp("x", 0.7), ramp("y", 0.6)], severity: 1)
    let whole = try blends([ramp("x", 1)], severity: 1.3)
    #expect(zip(both, whole).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(whole[3] == 0.3 && whole[15] > 0.6)
  }

  @Test("the order in which events are declared moves no bit, and one event's normals are not another's")
  func orderOfDeclaration() throws {
    let events = [
      try CorrelationMarket.event("a", blend: 0.4, from: 300),
      try CorrelationMarket.event("b", to: .zero, blend: 0.5, from: 600),
      try CorrelationMarket.event("c", blend: 0.7, from: 700, against: ["C"]),
    ]
    #expect(try bars(events) == bars(events.reversed()))
    #expect(try bars([events[0]]) != bars([try CorrelationMarket.event("z", blend: 0.4, from: 300)]))
  }

  /// G1: log prices keep their laws, so mean prices stay.
  @Test("mean prices stay where they are", arguments: [0.5, 1, 2, 5])
  func means(theta: Double) throws {
    let clock = try SmallMarket.clock(sessions: true, step: 23_400, steps: 60, substeps: 2)
    let stress = NamedEvent(
      "break",
      try CorrelationEvent(
        start: .between(0, 20 * 23_400), window: EventWindow(rise: .fixed(23_400), halfLife: .fixed(10 * 23_400)),
        blend: .between(0.2, 1), to: .one, against: ["B"]))
    let scenario = SmallMarket.scenario(
      clock, [SmallMarket.gbm(), try SmallMarket.merton(0.4)], correlations: [AssetPair("A", "B"): 0.3],
      events: [stress])
    var moments = [SampleMoments(), SampleMoments()]
    try Market(scenario: scenario, severity: theta, seed: 50).walk(paths: 16_384) { tile in
      guard tile.step == 59 else { return }
      for asset in 0..<2 {
        for path in 0..<8 * tile.groups { moments[asset].add(PathBar(tile, asset: asset, path: path).close) }
      }
    }
    for moment in moments { #expect(abs(moment.mean - 100) < 4 * moment.standardError, "\(moment.mean)") }
  }

  @Test("two tiles that hold a path, in whatever lanes, make the same bits of it")
  func lanes() throws {
    let clock = try SmallMarket.clock(step: 3600, steps: 30)
    let stress = NamedEvent(
      "break",
      try CorrelationEvent(
        start: .between(0, 36_000), window: EventWindow(plateau: .fixed(36_000)), blend: .between(0.3, 1), to: .one,
        against: ["B"]))
    let market = try Market(
      scenario: CorrelationMarket.scenario(
        [AssetPair("A", "B"): 0.3], clock: clock, latency: 600, events: [stress, SmallMarket.crash()]), seed: 51)
    let wide = market.bars(paths: 64, groups: 8)
    let narrow = market.bars(paths: 32, firstPath: 13, groups: 1)
    #expect(narrow == Array(wide[13..<45]))
  }
}
