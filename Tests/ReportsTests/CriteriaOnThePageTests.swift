import Foundation
import Lab
import Reports
import Statistics
import Testing

/// What the page says of criteria, from the outcome rows.
@Suite("Criteria on the page")
struct CriteriaOnThePageTests {
  private static let market = Situation.session(
    "\"model\": \"gbm\", \"annualVolatility\": 0.3", events: Situation.crash(start: "2h", drop: 0.15))

  private static let agents = [(name: "mild", leverage: 1.0), (name: "bold", leverage: 4.0)]

  private func share(_ count: Double, of paths: Int = 400) -> Estimate {
    Proportion(Int(count), of: paths).clopperPearson(confidence: 2 * 0.95 - 1)
  }

  /// Planted mistakes: losses counted at final equity; the two-sided bound; severity 0 judged.
  @Test("judge each desk by what the store holds at severity 1")
  func rows() throws {
    let study =
      Situation.holders(Self.agents, severities: "[0, 1]", paths: 400)
        + """
        , "criteria": [{ "measure": "survival", "atLeast": 0.9 },
          { "measure": "lossExceedance", "loss": 0.1, "atMost": 0.3 },
          { "measure": "finalReturnMean", "atLeast": -0.2 }]
        """
    let situation = try Situation([Self.market], study: study)
    let criteria = try #require(situation.summary.criteria)
    #expect(!criteria.areUsual && criteria.lines.count == 6)
    for agent in Self.agents {
      let desk = try #require(situation.summary.desks.first { $0.agent == agent.name && $0.severity == 1 })
      let lines = criteria.lines.filter { $0.desk == desk.desk }
      #expect(lines.map(\.criterion.measure) == ["survival", "lossExceedance", "finalReturnMean"])
      let from = "from results where severity = 1 and agent = '\(agent.name)'"
      #expect(lines[0].estimate == share(try situation.number("select sum(cause = 'none') \(from)")))
      let lost = try situation.number("select sum(min(minimumEquity, finalEquity) < 0.9 * startEquity) \(from)")
      #expect(lines[1].estimate == share(lost))
      let returns = try situation.rows("select finalReturn \(from) order by path").map { $0[0] }
      #expect(lines[2].estimate == Moments(returns).estimate(confidence: 2 * 0.95 - 1))
      #expect(lines.map(\.verdict) == lines.map { CriterionLine.judge($0.criterion, $0.estimate) })
      // The fall of 15 % takes a tenth from both on the way, whatever has come back at the end.
      #expect(lines[1].verdict == .fail, "\(lost)")
    }
    #expect(situation.words.contains("The study named these criteria before anything was run."))
    #expect(situation.words.contains("loss on the way over 10 % in at most 30 % of paths"))
  }

  @Test("are the usual ones where the study has none, and say that they decide nothing")
  func usual() throws {
    let situation = try Situation([Self.market], study: Situation.holders(Self.agents, paths: 200))
    let criteria = try #require(situation.summary.criteria)
    #expect(criteria.areUsual && criteria.lines.count == 8 && !criteria.isMissed(isStrict: true))
    #expect(situation.words.contains("these are the program’s usual ones, and no run fails by them"))
    for heading in [
      "survival at least 99 %", "loss on the way over 20 % in at most 5 % of paths",
      "mean loss, worst 2.5 %, at most 15 %", "at least 50 %",
    ] { #expect(situation.words.contains(heading), "\(heading)") }
  }
}
