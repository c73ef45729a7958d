import Documents
import Foundation
import MarketData
import Markets
import Randomness
import Testing

/// "market" as what an event moves first: all assets at once, each by its beta.
@Suite("Events that move the market")
struct MarketMoveTests {
  /// A kind of event that moves prices, from what moves first and what moves otherwise.
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let event: @Sendable (String, Named<Contagion>) -> any MarketEvent
  }

  private static let kinds = [
    Kind(testDescription: "gap") {
      Gap(asset: $0, start: .between(1200, 2000), change: .between(-0.3, 0.2), contagion: $1)
    },
    Kind(testDescription: "trend") {
      Trend(
        asset: $0, start: .between(1200, 2000), change: .between(-0.3, 0.2), duration: .fixed(611), contagion: $1)
    },
    Kind(testDescription: "flash crash with aftershocks") {
      FlashCrash(
        asset: $0, start: .between(1200, 2000), drop: .between(0.1, 0.3), fall: .init(duration: .fixed(137)),
        recovery: .init(fraction: .fixed(0.5), halfLife: .fixed(300)), contagion: $1,
        aftershocks: .init(meanNumber: .fixed(2), meanDelay: .fixed(600), ratio: .fixed(0.5)),
        multipliers: .init(halfSpread: .fixed(5), halfLife: .fixed(600)))
    },
  ]

  private static let otherwise: Named<Contagion> = ["B": .init(beta: .between(0.2, 0.8), lag: .fixed(130))]

  private func bars(_ event: any MarketEvent, assets: Int = 3) throws -> [[[PathBar]]] {
    let scenario = SmallMarket.scenario(
      try SmallMarket.clock(steps: 90), Array(repeating: SmallMarket.gbm(), count: assets),
      correlations: [AssetPair("A", "B"): 0.4], latency: 20, events: [NamedEvent("x", event)])
    return try Market(scenario: scenario, seed: 5).bars(paths: 16, groups: 2)
  }

  @Test(
    "go by a beta of 1 with no lag, or by an asset's own: to the bit what one first asset and its followers do",
    arguments: kinds)
  func betas(_ kind: Kind) throws {
    let market = try bars(kind.event(Contagion.market, Self.otherwise))
    let followers: Named<Contagion> = ["B": Self.otherwise.values[0], "C": .init(beta: .fixed(1))]
    let first = try bars(kind.event("A", followers))
    let calm = try bars(Nothing())
    for (path, (a, b)) in zip(market, first).enumerated() {
      #expect(a.map { $0.map(\.close) } == b.map { $0.map(\.close) })
      #expect(a.map { $0.map(\.halfSpread) } == b.map { $0.map(\.halfSpread) })
      #expect(zip(a.last ?? [], calm[path].last ?? []).allSatisfy { $0.close != $1.close })
    }
  }

  @Test("leave each path to the bit as it is when the market gets one more asset", arguments: kinds, [true, false])
  func oneMore(_ kind: Kind, isOtherwise: Bool) throws {
    let event = kind.event(Contagion.market, isOtherwise ? Self.otherwise : [:])
    let (two, three) = (try bars(event, assets: 2), try bars(event))
    for (a, b) in zip(two, three) { #expect(a == b.map { Array($0.prefix(2)) }) }
  }

  @Test("may name every asset: then each goes its own way, and nothing else is left to move", arguments: kinds)
  func allOtherwise(_ kind: Kind) throws {
    let all: Named<Contagion> = ["A": .init(beta: .fixed(1)), "B": .init(beta: .fixed(0)), "C": .init(beta: .fixed(1))]
    let (market, first) = (try bars(kind.event(Contagion.market, all)), try bars(kind.event("A", ["C": all.values[2]])))
    for (a, b) in zip(market, first) { #expect(a.map { $0.map(\.close) } == b.map { $0.map(\.close) }) }
  }

  /// Loadings 0.8, 0.4 and −0.1 of assets with volatilities of 0.3, 0.2 and 0.4: a_iσ_i = 0.24, 0.08 and −0.04, of mean 7/75.
  private static let loadings = FactorDependence(["A": 0.8, "B": 0.4, "C": -0.1])
  private static let betas = [18.0 / 7, 6.0 / 7, -3.0 / 7]

  private func factorScenario(_ event: any MarketEvent, dependence: FactorDependence = loadings) throws -> Scenario {
    SmallMarket.scenario(
      try SmallMarket.clock(steps: 90), [0.3, 0.2, 0.4].map { SmallMarket.gbm($0) }, dependence: dependence,
      latency: 20, events: [NamedEvent("x", event)])
  }

  @Test(
    "go by the market factor's betas where there is one, to the bit as by a contagion that says them",
    arguments: kinds)
  func factorBetas(_ kind: Kind) throws {
    let event = kind.event(Contagion.market, Self.otherwise)
    let market = try Market(scenario: factorScenario(event), seed: 5).bars(paths: 16, groups: 2)
    let said: Named<Contagion> = [
      "A": .init(beta: .fixed(Self.betas[0])), "B": Self.otherwise.values[0], "C": .init(beta: .fixed(Self.betas[2])),
    ]
    let other = SmallMarket.scenario(
      try SmallMarket.clock(steps: 90), [0.3, 0.2, 0.4].map { SmallMarket.gbm($0) },
      correlations: [AssetPair("A", "B"): 0.32, AssetPair("A", "C"): -0.08, AssetPair("B", "C"): -0.04], latency: 20,
      events: [NamedEvent("x", kind.event(Contagion.market, said))])
    let expected = try Market(scenario: other, seed: 5).bars(paths: 16, groups: 2)
    let calm = try Market(scenario: factorScenario(Nothing()), seed: 5).bars(paths: 16, groups: 2)
    for path in market.indices {
      for (step, bars) in market[path].enumerated() {
        for asset in bars.indices {
          let (a, b) = (bars[asset].close, expected[path][step][asset].close)
          #expect(abs(a / b - 1) < 1e-12, "path \(path), step \(step), asset \(asset)")
        }
      }
      #expect(market[path].last?[2].close != calm[path].last?[2].close)
    }
  }

  @Test("move the mean of all assets in log price by the event's change, and say where they go and how far")
  func factorMean() throws {
    let gap = Gap(asset: Contagion.market, start: .fixed(1200), change: .fixed(-0.1))
    let event = OneOf(["only": .init(gap)])
    let scenario = try factorScenario(event)
    let (market, calm) = (
      try Market(scenario: scenario, seed: 5), try Market(scenario: factorScenario(Nothing()), seed: 5)
    )
    for (path, bars) in zip(market.bars(paths: 8, groups: 1), calm.bars(paths: 8, groups: 1)) {
      let moves = zip(path.last ?? [], bars.last ?? []).map { log($0.close / $1.close) }
      #expect(abs(moves.reduce(0, +) / 3 - log(0.9)) < 1e-12)
      for (move, beta) in zip(moves, Self.betas) { #expect(abs(move - beta * log(0.9)) < 1e-12) }
    }
    #expect(scenario.events[0].event.direction == .either)
    #expect(abs(scenario.events[0].event.reach(of: "A", severity: 2).offset + 2 * Self.betas[0] * log(0.9)) < 1e-12)
    #expect(event.direction == .down)
  }

  @Test("move prices that may be negative by the same betas, in starting prices")
  func factorInMoney() throws {
    func scenario(_ event: any MarketEvent) throws -> Scenario {
      SmallMarket.scenario(
        try SmallMarket.clock(steps: 90), [0.3, 0.2, 0.4].map { Bachelier(annualVolatility: .fixed($0)) },
        dependence: Self.loadings, latency: 20, events: [NamedEvent("x", event)])
    }
    let crash = ArithmeticCrash(
      asset: Contagion.market, start: .fixed(1200), change: .fixed(-2), fall: .init(duration: .fixed(137)),
      recovery: .init(fraction: .fixed(0), halfLife: .fixed(600)))
    let struck = try scenario(crash)
    let (market, calm) = (try Market(scenario: struck, seed: 5), try Market(scenario: scenario(Nothing()), seed: 5))
    for (path, bars) in zip(market.bars(paths: 8, groups: 1), calm.bars(paths: 8, groups: 1)) {
      for asset in 0..<3 {
        let move = (path.last?[asset].close ?? .nan) - (bars.last?[asset].close ?? .nan)
        #expect(abs(move / struck.assets[asset].price + 2 * Self.betas[asset]) < 1e-12)
      }
    }
  }

  @Test("are refused where the market factor moves no market")
  func noMarket() {
    for loadings in [["A": 0.5, "B": -0.5], ["A": -0.3], ["A": 0.5, "B": -0.49]] as [Named<Double>] {
      #expect(throws: FormViolation.self) {
        try FactorDependence(loadings).marketBetas(of: ["A", "B"], volatilities: [0.3, 0.3])
      }
    }
    #expect(throws: FormViolation.self) {
      try FactorDependence(["A": 1]).marketBetas(of: ["A", "B"], volatilities: [0, 0])
    }
  }

  private func problems(asset: String, _ event: String) throws -> [String] {
    let text = """
      { "stresslab": "scenario/1", "title": "small",
        "clock": { "step": "30m", "length": "2d", "calendar": { "model": "continuous" } },
        "assets": {
          "\(asset)": { "price": 10, "process": { "model": "gbm", "annualVolatility": 0.5 },
                 "liquidity": { "halfSpreadBps": 1, "volumePerDay": 1000000, "depthTo1Percent": 1000 } } },
        "venue": { "latency": "1s" }, "events": { "e": { \(event) } } }
      """
    let document = try DocumentLoader(notations: Distributions.notations.map(Set.init))
      .load(Array(text.utf8), file: "s.json")
    do {
      _ = try Scenario.read(document)
      return []
    } catch {
      return error.all.map { "\($0.path): \($0.message)" }
    }
  }

  @Test(
    "are read, or refused at their place",
    arguments: [
      ("A", #""model": "gap", "asset": "market", "start": "1h", "change": -0.1"#, []),
      (
        "A",
        #""model": "trend", "asset": "market", "start": "1h", "change": -0.1, "duration": "1h", "#
          + #""contagion": { "market": { "beta": 2 } }"#,
        [#"/events/e/contagion/market: "market" stands for all assets, and here a name of one asset is asked for"#]
      ),
      (
        "A", #""model": "gap", "asset": "markt", "start": "1h", "change": -0.1"#,
        [#"/events/e/asset: no asset named "markt"; did you mean "market"?"#]
      ),
      (
        "A", #""model": "cascade", "asset": "market", "openInterest": 1000, "liquidatedPerPercent": 0.05"#,
        [#"/events/e/asset: "market" stands for all assets, and here a name of one asset is asked for"#]
      ),
      (
        "market", #""model": "gap", "asset": "market", "start": "1h", "change": -0.1"#,
        [#"/assets/market: "market" stands for all assets: choose another name"#]
      ),
      (
        "A",
        #""model": "gap", "asset": "market", "start": "1h", "change": -0.1 } }, "dependence": { "#
          + #""model": "factor", "loadings": { "A": 0.5 } }, "sources": { "/title": { "basis": "judgement", "text": "t""#,
        []
      ),
      (
        "A",
        #""model": "gap", "asset": "market", "start": "1h", "change": -0.1 } }, "dependence": { "#
          + #""model": "factor", "loadings": { "A": -0.5 } }, "sources": { "/title": { "basis": "judgement", "text": "t""#,
        [
          "/dependence/loadings: an event moves \"market\", the mean of all assets, and by these loadings some asset would "
            + "move more than 10 times as far: name an asset that moves first, or give more assets a loading above 0"
        ]
      ),
      (
        "A",
        #""model": "flashCrash", "asset": "market", "start": "1h", "drop": 0.1, "fall": { "duration": "1h" }, "recovery": { "fraction": 0, "halfLife": "1h" }, "network": { "weights": { "A": { "A": 0.5 } }, "lag": "1m" }"#,
        ["/events/e/network: a network starts at one asset, not at the market, which moves at once"]
      ),
    ] as [(String, String, [String])])
  func documents(asset: String, event: String, expected: [String]) throws {
    #expect(try problems(asset: asset, event) == expected)
  }
}
