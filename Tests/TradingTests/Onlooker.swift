import Agents
import Documents
import Lanes
import Markets
import Testing
import Trading

/// An agent that asks for weights by a list, and writes down what a trained agent in its place would see.
struct Onlooker: Agent {
  let observations: ObservationSet
  let assetNames: [String]
  /// The weight of every asset by the close, that of t = 0 first; nothing is asked for where there is none.
  let weights: [Double?]
  let diary = Diary()

  /// What was seen, close by close; written by the one worker of a test.
  final class Diary: @unchecked Sendable {
    var pages: [(step: Int, numbers: [Lanes])] = []
  }

  /// - Parameter observations: as in a document.
  init(_ observations: String, assets: [String] = ["A"], weights: [Double?] = []) throws {
    let (root, problems) = try DocumentParser.parse(Array(observations.utf8), file: "observations")
    let reading = Reading()
    let read = FieldKind<ObservationSet>.observations.read(root, reading)
    #expect(problems.isEmpty && reading.problems.isEmpty, "\(reading.problems)")
    self.init(try #require(read), assets: assets, weights: weights)
  }

  init(_ observations: ObservationSet, assets: [String], weights: [Double?]) {
    self.observations = observations
    assetNames = assets
    self.weights = weights
  }

  /// What is seen on the first path at the close of a step.
  func seen(_ step: Int) throws -> [Double] {
    let page = try #require(diary.pages.first { $0.step == step })
    return page.numbers.prefix(observations.names(assetNames).count).map { $0[0] }
  }

  func lookBack(_ market: MarketTerms) -> Int { observations.lookBack(market) }

  func makeSeat(_ site: DeskSite) -> any Seat { OnlookerSeat(self, site) }
}

private final class OnlookerSeat: Seat {
  let agent: Onlooker
  let tile: ObservationTile

  init(_ agent: Onlooker, _ site: DeskSite) {
    self.agent = agent
    let places = agent.assetNames.map { name in site.market.assets.firstIndex(of: name) ?? 0 }
    tile = agent.observations.makeTile(site, assets: zip(agent.assetNames, places).map { (name: $0, place: $1) })
  }

  func reset() { tile.reset() }

  func observe(_ market: MarketView) { tile.observe(market) }

  func decide(_ market: MarketView, _ account: AccountView, _ decisions: inout ContiguousArray<Decision>) {
    tile.look(market, account)
    agent.diary.pages.append((market.step, tile.values))
    let close = market.step + 1
    let weight = agent.weights.indices.contains(close) ? agent.weights[close] : nil
    for index in decisions.indices {
      decisions[index] = weight.map { Decision(weight: Lanes($0), acts: .all) } ?? .hold
    }
  }
}

/// Runs a panel over the paths of one tile.
func runPanel(
  _ market: Market, _ agents: [any Agent], groups: Int = 1, equity: Double = 1000,
  opening: [OpeningPosition] = [],
  watching: (MarketTile) -> Void = { _ in }
) {
  let tile = market.makeTile(groups: groups)
  let desks = agents.enumerated().map { index, agent in
    Desk(index: index, agentName: "agent \(index)", agent: agent, riskName: "", rules: [])
  }
  let terms = DeskTerms(
    startEquity: equity, opening: opening, ruin: RuinTerms(equityBelow: 0, monitored: .withinStep),
    recoveryClock: .drawdown)
  let panel = PanelTile(desks, market: market.description, terms: terms, groups: groups)
  tile.reset(firstPath: 0)
  panel.reset(tile)
  for _ in 0..<market.description.clock.warmupSteps + market.description.clock.steps {
    tile.advance()
    panel.advance(tile)
    watching(tile)
  }
}

extension Observations {
  /// An example of every observation; a new one whose required fields cannot be made up needs a document here.
  static func examples() throws -> [CatalogueExamples<any Observation>.Example] {
    try CatalogueExamples.all(of: catalogue, written: ["indicator": #""name": "RSI_3""#])
  }

  /// A list of one example as a document, for its tag.
  static func document(_ tag: String) -> String {
    tag == "indicator" ? #"[{ "model": "indicator", "name": "RSI_3" }]"# : "[{ \"model\": \"\(tag)\" }]"
  }
}
