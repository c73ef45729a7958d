import Markets
import Randomness
import Testing

/// For which events a path has another start at another severity: what the traits say, against the starts themselves.
@Suite("Starts of events and severities")
struct SeverityMovesStartTests {
  /// Events of a market of two assets; the start of the one named `x` is looked at.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let isMoved: Bool
    let events: @Sendable () throws -> [String: any MarketEvent]

    init(
      _ name: String, isMoved: Bool, _ events: @escaping @Sendable () throws -> [String: any MarketEvent]
    ) {
      testDescription = name
      self.isMoved = isMoved
      self.events = events
    }
  }

  private static let drawdown = EventStart.triggered(DrawdownTrigger(asset: "A", depth: .fixed(0.02)))
  private static let restless = EventStart.triggered(
    VolatilityTrigger(asset: "A", annualVolatility: .fixed(0.9), halfLife: .fixed(600)))
  private static let hour = EventWindow(plateau: .fixed(3600))

  private static func after(_ event: String, _ moment: AfterTrigger.Moment = .start) -> EventStart {
    .triggered(AfterTrigger(event: event, moment: moment, delay: .fixed(60)))
  }
  private static func dry(_ start: EventStart) -> Drought { Drought(start: start, window: hour, depth: .fixed(0.5)) }
  private static func crash(_ asset: String = "A", _ start: EventStart = .fixed(600), beta: Double? = nil) -> FlashCrash
  {
    FlashCrash(
      asset: asset, start: start, drop: .fixed(0.05), fall: .init(duration: .fixed(300), shape: .fixed(1)),
      recovery: .init(fraction: .fixed(0.5), halfLife: .fixed(600)),
      contagion: beta.map { [asset == "A" ? "B" : "A": .init(beta: .fixed($0))] } ?? [:])
  }
  private static func wild(_ start: EventStart) -> VolatilityEvent {
    VolatilityEvent(start: start, window: hour, volatility: .fixed(3))
  }
  private static let pause = ReservePause(move: 0.01, within: 600, pause: 300)

  private static let rows: [Row] = [
    Row("a fixed time", isMoved: false) { ["x": dry(.fixed(600)), "crash": crash()] },
    Row("a drawdown alone", isMoved: false) { ["x": dry(drawdown)] },
    Row("a volatility alone", isMoved: false) { ["x": dry(restless)] },
    Row("a drawdown that sets off a fall", isMoved: false) { ["x": crash("A", drawdown)] },
    Row("a drawdown beside what moves no price", isMoved: false) {
      [
        "x": dry(drawdown), "other": dry(.fixed(60)), "out": Outage(start: .fixed(60), duration: .fixed(600)),
        "short": Squeeze(start: .fixed(60), window: hour, borrowFee: .fixed(1)),
      ]
    },
    Row("a drawdown beside a crash of another asset", isMoved: false) { ["x": dry(drawdown), "crash": crash("B")] },
    Row("a drawdown beside what only comes after it", isMoved: false) {
      ["x": dry(drawdown), "crash": crash("A", after("x")), "wild": wild(after("crash", .end))]
    },
    Row("after a drawdown", isMoved: false) { ["x": dry(after("w")), "w": crash("A", drawdown)] },
    Row("after an outage has begun", isMoved: false) {
      ["x": dry(after("out")), "out": Outage(start: .fixed(600), duration: .fixed(600))]
    },
    Row("a drawdown beside a crash", isMoved: true) { ["x": dry(drawdown), "crash": crash()] },
    Row("a drawdown beside a crash that the asset catches", isMoved: true) {
      ["x": dry(drawdown), "crash": crash("B", beta: 1)]
    },
    Row("a volatility beside another volatility", isMoved: true) { ["x": dry(restless), "wild": wild(.fixed(0))] },
    Row("a drawdown beside a correlation", isMoved: true) {
      [
        "x": dry(drawdown),
        "bound": try CorrelationEvent(start: .fixed(0), window: hour, blend: .fixed(0.9), to: .zero),
      ]
    },
    Row("a drawdown beside pauses", isMoved: true) { ["x": dry(drawdown), "pause": pause] },
    Row("one of two, of which one waits for a drawdown, beside a crash", isMoved: true) {
      ["x": OneOf(["a": .init(dry(drawdown)), "b": .init(dry(.fixed(60)))]), "crash": crash()]
    },
    Row("pauses", isMoved: true) { ["x": pause] },
    Row("a cascade", isMoved: true) {
      ["x": Cascade(asset: "A", openInterest: .fixed(2e5), threshold: .fixed(0.01), liquidatedPerPercent: .fixed(0.02))]
    },
    Row("after pauses", isMoved: true) { ["x": dry(after("pause")), "pause": pause] },
    Row("after the end of an outage", isMoved: true) {
      ["x": dry(after("out", .end)), "out": Outage(start: .fixed(600), duration: .fixed(600))]
    },
  ]

  /// Planted mistakes: every waiting event moved; other assets' crashes counted.
  @Test("the trait says whether some path has another start at another severity", arguments: rows)
  func starts(_ row: Row) throws {
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(steps: 240), [SmallMarket.gbm(0.9), SmallMarket.gbm(0.6)],
      correlations: [AssetPair("A", "B"): 0.7], events: try row.events().map { NamedEvent($0.key, $0.value) })
    var starts: [[Double]] = []
    for severity in [0, 0.5, 1, 2] {
      let market = try Market(scenario: scenario, severity: severity, seed: 8)
      let index = try #require(market.description.events.firstIndex(of: "x"))
      #expect(market.eventTraits[index].severityMovesStart == row.isMoved)
      let tile = market.makeTile(groups: 8)
      tile.reset(firstPath: 0)
      for _ in 0..<240 { tile.advance() }
      starts.append(tile.eventStart(index).flatMap { group in (0..<8).map { group[$0] } })
    }
    #expect(starts[2].contains { $0 < 240 })
    #expect(starts.dropFirst().allSatisfy { $0 == starts[0] } == !row.isMoved)
  }
}
