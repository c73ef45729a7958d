import Agents
import Foundation
import Lanes
import Markets
import Testing
import Trading

@Suite("Looking ahead")
struct LookAheadTests {
  /// Closes of the steps 0 ..< 20, with waves that make every agent trade, and of three steps after them.
  private static let common: [Double] = (0..<20).map { step in
    let wave = Double((step * 7) % 11) * 3 / 11
    return 100 + wave - Double(step % 3)
  }
  private static let futures = [[80.0, 60, 90], [120.0, 150, 90]]

  /// A trained agent in the words of a document.
  private static let trainedAgent: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return "\"folder\": \"\(root.path)/fixtures/agents/small\""
  }()

  /// What a desk does up to the step at which the futures part: all fills before it, and the orders of that step, which
  /// were decided at the close before and meet its open, which both futures share.
  private func past(_ agent: any Agent, _ rules: [any RiskRule], _ future: [Double]) throws -> [PathFill] {
    let scenario = Scenario(
      title: "tape", clock: try continuousClock(step: 60, steps: 23),
      assets: [AssetTerms(name: "A", price: 100, liquidity: deepLiquidity(halfSpreadBps: 3))],
      movement: .processes([Tape(closes: Self.common + future, from: 100)], GaussianDependence()), venue: freeVenue())
    var fills: [PathFill] = []
    let opening = agent.worksOffOpening ? [OpeningPosition(quantity: 5, entryPrice: 100)] : []
    let market = try Market(scenario: scenario, seed: 1)
    _ = outcomes(market, agent, rules: rules, opening: opening, paths: 1, groups: 1) { tile, desk in
      if tile.step < 20 { fills += desk.fills(path: 0) }
      if tile.step == 20 { fills += desk.fills(path: 0).filter { $0.reason == .order } }
    }
    return fills
  }

  /// Two tapes that part at step 20. Planted mistake: deciding on the bar in which the order fills.
  @Test(
    "no agent lets a change of the future move a past decision or fill",
    arguments: try CatalogueExamples.all(of: AgentModels.catalogue, written: ["policy": trainedAgent]))
  func agents(_ example: CatalogueExamples<any Agent>.Example) throws {
    let runs = try Self.futures.map { try past(example.model, [], $0) }
    #expect(runs[0] == runs[1])
    #expect(!runs[0].isEmpty || example.tag == "flat", "an agent that never trades shows nothing")
  }

  /// Each rule alone and all together, behind an agent that trades at every close.
  @Test(
    "no rule lets a change of the future move a past decision or fill",
    arguments: try CatalogueExamples.all(of: RiskRules.catalogue))
  func rules(_ example: CatalogueExamples<any RiskRule>.Example) throws {
    let all = try CatalogueExamples.all(of: RiskRules.catalogue).map(\.model)
    for rules in [[example.model], all] {
      let runs = try Self.futures.map { try past(Restless(leverage: 2), rules, $0) }
      #expect(runs[0] == runs[1])
      #expect(!runs[0].isEmpty)
    }
  }
}
