import Glibc
import Lanes
import Markets
import Randomness
import Testing

/// Events of which one happens on each path.
struct OneOfTests {
  private static let up = Gap(asset: "A", start: .between(600, 1200), change: .between(0.1, 0.2))
  private static let down = FlashCrash(
    asset: "A", start: .between(2000, 3000), drop: .between(0.1, 0.2), fall: .init(duration: .fixed(150)),
    recovery: .init(fraction: .fixed(0), halfLife: .fixed(60)), contagion: ["B": .init(beta: .fixed(1))],
    multipliers: .init(depth: .fixed(0.1), halfLife: .fixed(600)))

  private func market(_ event: some MarketEvent, severity: Double = 1, name: String = "news") throws -> Market {
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(sessions: true, steps: 90), [SmallMarket.gbm(), SmallMarket.gbm()], latency: 20,
      events: [NamedEvent(name, event)])
    return try Market(scenario: scenario, severity: severity, seed: 4)
  }

  private static let upOrDown = OneOf(["up": .init(weight: 3, up), "down": .init(down)])

  /// Planted mistake: all alternatives start.
  @Test("on each path it is one of them and nothing of the others, with its own start and end, by its weight")
  func one() throws {
    let paths = 1024
    let bars = try market(Self.upOrDown).bars(paths: paths, groups: 8)
    let calm = try market(Self.upOrDown, severity: 0).bars(paths: paths, groups: 8)
    var ups = 0
    for path in 0..<paths {
      let start = try #require(bars[path].firstIndex { $0[0].inWindow })
      let move = log(bars[path][89][0].close / calm[path][89][0].close)
      let other = log(bars[path][89][1].close / calm[path][89][1].close)
      if start < 30 {
        ups += 1
        #expect(move > log(1.1) - 1e-9 && move < log(1.2) + 1e-9 && other == 0)
        #expect(bars[path].allSatisfy { $0[0].depth == 10_000 } && bars[path].count { $0[0].inWindow } == 1)
      } else {
        #expect(start >= 33 && move < log(0.9) + 1e-9 && move > log(0.8) - 1e-9 && abs(other - move) < 1e-12)
        #expect(bars[path].contains { $0[0].depth < 3000 })
      }
    }
    // 4 standard errors: a false alarm in 16,000.
    #expect(abs(Double(ups) / Double(paths) - 0.75) < 4 * (0.75 * 0.25 / Double(paths)).squareRoot())
  }

  @Test("each parameter stands under its pointer and comes from the stream of its name, the choice too")
  func parameters() throws {
    let tile = try market(Self.upOrDown).makeTile(groups: 1)
    tile.reset(firstPath: 0)
    let streams = RandomStreams(seed: 4, namespace: .report)
    let names = [
      "alternatives", "alternatives/down/start", "alternatives/down/drop", "alternatives/up/start",
      "alternatives/up/change",
    ]
    for path in 0..<8 {
      let drawn = tile.parameters(ofPath: path)
      #expect(drawn.map(\.path) == names.map { "/events/news/\($0)" })
      let uniforms = names.map { name in
        var stream = SparseStream(streams.key("event/news/\(name)"), path: UInt64(path))
        return stream.uniform()
      }
      // In the order of their names "down" is the first, with a quarter.
      #expect(drawn[0].value == (uniforms[0] < 0.25 ? 1 : 2))
      #expect(drawn[0].unit == #"1 is "down", 2 is "up""#)
      #expect(drawn[2].value == 0.1 + uniforms[2] * (0.2 - 0.1))
      #expect(tile.eventStart(0)[0][path] == drawn[uniforms[0] < 0.25 ? 1 : 3].value.rounded(to: drawn[0].value))
    }
  }

  @Test("another alternative, however seldom, moves no draw of those that are there but the choice")
  func addedAlternative() throws {
    let more = OneOf([
      "up": .init(weight: 3, Self.up), "down": .init(Self.down),
      "zero": .init(
        weight: 1e-9,
        VolatilityEvent(start: .fixed(0), window: .init(plateau: .fixed(60)), volatility: .fixed(2))),
    ])
    let (few, many) = (try market(Self.upOrDown), try market(more))
    #expect(few.bars(paths: 64, groups: 4) == many.bars(paths: 64, groups: 4))
  }

  @Test("it can wait for another event, and another for it")
  func triggered() throws {
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(steps: 90), [SmallMarket.gbm(0)],
      events: [
        NamedEvent("first", Gap(asset: "A", start: .between(600, 900), change: .fixed(-0.1))),
        NamedEvent(
          "then",
          OneOf([
            "rebound": .init(
              Trend(
                asset: "A", start: .triggered(AfterTrigger(event: "first", delay: .fixed(600))), change: .fixed(0.3),
                duration: .fixed(300))),
            "more": .init(
              Gap(
                asset: "A", start: .triggered(AfterTrigger(event: "first", delay: .fixed(1200))), change: .fixed(-0.3))),
          ])),
        NamedEvent(
          "last", Gap(asset: "A", start: .triggered(AfterTrigger(event: "then", moment: .end)), change: .fixed(1))),
      ])
    let market = try Market(scenario: scenario, seed: 2)
    let bars = market.bars(paths: 64, groups: 8)
    var ends: Set<Double> = []
    for path in bars {
      let landing = try #require(path.firstIndex { $0[0].close < 95 })
      let doubled = try #require(path.firstIndex { $0[0].close > 120 || $0[0].close == path[89][0].close })
      #expect(doubled > landing + 10)
      ends.insert((path[89][0].close * 1e9).rounded() / 1e9)
    }
    #expect(ends == [234, 126])
  }

  /// Half of 1,024 paths, |z| < 4: six in a hundred thousand by chance.
  @Test("of nothing and a gap the gap comes on half of the paths, and the others are those without it, bit for bit")
  func orNothing() throws {
    let clock = try SmallMarket.clock(steps: 20)
    let event = OneOf([
      "nothing": .init(Nothing()), "gap": .init(Gap(asset: "A", start: .fixed(300), change: .fixed(0.2))),
    ])
    let with = try Market(
      scenario: SmallMarket.scenario(clock, [SmallMarket.gbm()], events: [NamedEvent("rumour", event)]), seed: 4
    ).bars(paths: 1024, groups: 16)
    let without = try Market(scenario: SmallMarket.scenario(clock, [SmallMarket.gbm()]), seed: 4)
      .bars(paths: 1024, groups: 16)
    let same = zip(with, without).filter { $0.map { $0.map(\.numbers) } == $1.map { $0.map(\.numbers) } }.count
    #expect(abs(Double(same) - 512) < 4 * 16)
    for (a, b) in zip(with, without) where a[19][0].close != b[19][0].close {
      #expect(abs(a[19][0].close / b[19][0].close - 1.2) < 1e-12)
    }
  }
}

extension Double {
  /// A drawn start in seconds as the tile tells it: in steps of a minute; `choice` is that of the path.
  fileprivate func rounded(to choice: Double) -> Double {
    // A gap lands at the open of the step that begins after it.
    choice == 2 ? (self / 60 - 1e-9).rounded(.up) : self / 60
  }
}
