import Agents
import Documents
import Foundation
import Lanes
import Learning
import MarketData
import Markets
import Testing
import Trading

/// The walk of `docs/import`, with what it leads to: a policy of the library as an agent in a panel.
@Suite("Imported agents")
struct ImportedAgentTests {
  private static let assets = ["A", "B", "C"]
  /// Four numbers for each asset: the twelve that the examples take.
  private static let observations = """
    [{ "model": "return", "bars": 1 }, { "model": "return", "bars": 5 }, { "model": "indicator", "name": "RSI_14" },
     { "model": "position" }]
    """

  /// Three diffusions in hours, with enough warm-up for what is looked back on.
  private static func market() throws -> Market {
    let clock = try Clock(
      calendar: .continuous(), step: 3600, length: 40 * 3600, warmup: 60 * 3600,
      start: CalendarDay(daysSince1970: 19_724), substeps: 1)
    let liquidity = Liquidity(
      halfSpreadBps: 1, volumePerDay: 1e6, depthTo1Percent: 1e5, refillHalfLifeSeconds: 60)
    let process = GeometricBrownianMotion(annualDrift: .fixed(0), annualVolatility: .fixed(0.8))
    let scenario = Scenario(
      title: "three", clock: clock, assets: assets.map { AssetTerms(name: $0, price: 100, liquidity: liquidity) },
      movement: .processes(assets.map { _ in process }, GaussianDependence()), venue: VenueTerms())
    return try Market(scenario: scenario, seed: 11)
  }

  /// An agent whose seat also writes down what it sees and decides.
  private struct Overheard: Agent {
    let agent: PolicyAgent
    let record = Record()

    final class Record: @unchecked Sendable {
      /// A row for each close and path.
      var seen: [[Double]] = []
      var weights: [[Double]] = []
    }

    func makeSeat(_ site: DeskSite) -> any Seat {
      let assets = agent.saved.assets.enumerated().map { (name: $1, place: $0) }
      return Place(agent.makeSeat(site), agent.saved.observations.makeTile(site, assets: assets), record)
    }

    private final class Place: Seat {
      let seat: any Seat
      let tile: ObservationTile
      let record: Record

      init(_ seat: any Seat, _ tile: ObservationTile, _ record: Record) {
        self.seat = seat
        self.tile = tile
        self.record = record
      }

      func reset() {
        seat.reset()
        tile.reset()
      }

      func observe(_ market: MarketView) {
        seat.observe(market)
        tile.observe(market)
      }

      func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
        tile.look(market, account)
        seat.decide(market, account, &decisions)
        for lane in 0..<Lanes.count {
          record.seen.append(tile.values.map { $0[lane] })
          record.weights.append(decisions.map { $0.weight[lane] })
        }
      }
    }
  }

  /// What the library's own `predict` says of these rows.
  private func predicted(_ name: String, _ rows: [[Double]], in folder: URL) throws -> [[Double]] {
    let file = folder.appending(path: "rows.json")
    try JSONEncoder().encode(rows).write(to: file)
    let parts = ["zip", "pkl"].map { folder.appending(path: "\(name).\($0)").path }
    let said = try StableBaselines.python(["-c", Self.predict] + parts + [file.path])
    return try JSONDecoder().decode([[Double]].self, from: Data(said.utf8))
  }

  private static let predict = """
    import json, pickle, sys
    import numpy
    from stable_baselines3 import PPO
    model, normaliser, rows = sys.argv[1:]
    with open(normaliser, "rb") as file:
        statistics = pickle.load(file)
    rows = numpy.array(json.load(open(rows)), numpy.float32)
    actions, _ = PPO.load(model, device="cpu").predict(statistics.normalize_obs(rows), deterministic=True)
    print(json.dumps(actions.reshape(len(rows), -1).tolist()))
    """

  /// Planted mistake: a policy that acts on what was seen at the close before.
  @Test(
    "do in a panel what the library's predict does with the same observations, to 10⁻⁵",
    arguments: ["weights-of-three-assets", "trained-normalised"])
  func agrees(_ name: String) throws {
    guard StableBaselines.isThere(for: "imported agents act in a panel as the library's policies") else { return }
    try StableBaselines.withFolder { folder in
      _ = try StableBaselines.examples(name, in: folder)
      let list = folder.appending(path: "observations.json")
      try Data(Self.observations.utf8).write(to: list)
      let agentFolder = folder.appending(path: "agent").path
      try StableBaselines.python([
        "docs/import/sb3_policy.py", folder.appending(path: "\(name).zip").path, agentFolder, "--normalize",
        folder.appending(path: "\(name).pkl").path, "--assets", Self.assets.joined(separator: ","), "--observations",
        list.path,
      ])
      let saved = try SavedAgent.read(agentFolder)
      let overheard = Overheard(agent: PolicyAgent(folder: agentFolder, saved))
      try run(overheard)
      let (seen, weights) = (overheard.record.seen, overheard.record.weights)
      #expect(seen.count == 40 * Lanes.count)
      // All three assets' numbers are there, in the order of the list.
      #expect(Set(seen.map { $0[11] }).count > 1 && Set(weights).count > 1)
      for (row, pair) in zip(try predicted(name, seen, in: folder), weights).enumerated() {
        let expected = wanted(pair.0, saved.actions)
        for (ours, theirs) in zip(pair.1, expected) {
          #expect(abs(ours - theirs) <= 1e-5, "row \(row): \(pair.1), not \(expected)")
        }
      }
    }
  }

  private func run(_ agent: Overheard) throws {
    let market = try Self.market()
    let desk = Desk(index: 0, agentName: "imported", agent: agent, riskName: "", rules: [])
    let tile = market.makeTile(groups: 1)
    let terms = DeskTerms(startEquity: 10_000, ruin: RuinTerms(), recoveryClock: .drawdown)
    let panel = PanelTile([desk], market: market.description, terms: terms, groups: 1)
    tile.reset(firstPath: 0)
    panel.reset(tile)
    for _ in 0..<100 {
      tile.advance()
      panel.advance(tile)
    }
  }

  /// The weights that an action of the library means at a leverage of 1, worked out once more.
  private func wanted(_ action: [Double], _ actions: PolicyActions) -> [Double] {
    switch actions {
    case .weights:
      let gross = action.reduce(0) { $0 + abs($1) }
      return action.map { $0 / max(1, gross) }
    case .choices(let portfolios): return portfolios[Int(action[0])]
    // No account here starts with anything to work off.
    case .pace: return action.map { _ in 0 }
    }
  }
}
