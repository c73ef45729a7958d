import Drawing
import Lab

/// The market that a scenario made at one severity, beside the same market without the event.
struct MarketPart: PageSection {
  private let scenario: ScenarioSummary
  private let severity: Double
  private let suffix: String

  /// The market of a scenario at a severity; `suffix` tells several severities apart in headings.
  init(scenario: ScenarioSummary, severity: Double, suffix: String) {
    self.scenario = scenario
    self.severity = severity
    self.suffix = suffix
  }

  func body(_ page: inout PageBuilder) -> [Markup] {
    let markets = page.summary.markets.filter { $0.scenario == scenario.name }
    guard let market = markets.first(where: { $0.severity == severity }), !market.assets.isEmpty else { return [] }
    var parts = [
      page.heading(
        3, "The market\(suffix)", scenario.name, severityWord(severity), "market"),
      Markup(
        "p",
        text:
          "Every desk of the panel faces these same paths. The price is the one that nobody in the panel has moved; a "
          + "desk’s own impact comes on top when it trades."),
    ]
    for fans in market.assets {
      let calm = severity == 0 ? nil : markets.first { $0.severity == 0 }?.assets.first { $0.asset == fans.asset }
      let everywhere = markets.compactMap { $0.assets.first { $0.asset == fans.asset } }
      let scene = MarketScene(
        summary: page.summary, scenario: scenario, severity: severity, fans: fans, calm: calm, allSeverities: everywhere
      )
      let isStruckMost = fans.asset == struckMost(market)
      var wishes: [PageBuilder.Wish] = []
      for entry in ChartCatalogue.market {
        guard let chart = entry.make(scene) else { continue }
        // Of several assets, the one that is struck most stands for the others in a report of many charts.
        let rank = isStruckMost ? entry.rank : entry.name == ChartCatalogue.market.first?.name ? .usual : .further
        let words = [scenario.name, severityWord(severity), fans.asset, entry.name]
        wishes.append(
          PageBuilder.Wish(chart: chart, words: words, rank: rank))
        // The same market without the event stands beside the first chart.
        if entry.name == ChartCatalogue.market.first?.name, let calm {
          let without = MarketScene(
            summary: page.summary, scenario: scenario, severity: 0, fans: calm, calm: nil, allSeverities: everywhere)
          if let chart = entry.make(without) {
            wishes.append(
              PageBuilder.Wish(
                chart: chart, words: words + ["without-the-event"], rank: isStruckMost ? .usual : .further))
          }
        }
      }
      if market.assets.count > 1 { parts.append(Markup("h4", text: fans.asset)) }
      parts += page.grid(wishes)
    }
    return parts
  }

  /// The asset whose price goes furthest through the event, on one path of twenty, up or down; without events, the first.
  private func struckMost(_ market: MarketSummary) -> String? {
    let nearest = market.assets.least { asset in
      asset[.priceThroughEvent].map { fan in -max(fan.p95.max() ?? 1, 1 / max(fan.p5.min() ?? 1, 1e-6)) }
    }
    return (nearest ?? market.assets.first)?.asset
  }
}
