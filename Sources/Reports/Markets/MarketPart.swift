import Drawing
import Lab

/// The market that a scenario made at one severity, beside the same market without the event: of the asset that is struck most
/// the price and what became of its liquidity in the report, all else on a page of its own.
struct MarketPart: Sendable {
  private let scenario: ScenarioSummary
  private let severity: Double
  private let suffix: String

  /// The market of a scenario at a severity; `suffix` tells several severities apart in headings.
  init(scenario: ScenarioSummary, severity: Double, suffix: String) {
    self.scenario = scenario
    self.severity = severity
    self.suffix = suffix
  }

  /// An asset, its charts for the report, and the others.
  private struct Row {
    let asset: String
    let isStruckMost: Bool
    let first: [PageBuilder.Wish]
    let further: [PageBuilder.Wish]
  }

  /// What stands in the report: the price of one asset, and the one chart of its liquidity that tells most.
  func overview(_ page: inout PageBuilder) -> [Markup] {
    let rows = rows(page)
    guard !rows.isEmpty else { return [] }
    let struckMost = rows.first(where: \.isStruckMost)?.asset
    var parts = [
      page.heading(3, "The market\(suffix)", scenario.name, severityWord(severity), "market"),
      Markup(
        "p", ["class": "note full"],
        [
          .text(
            "Every desk of the panel faces these same paths. The price is the one that nobody in the panel has moved; a "
              + "desk’s own impact comes on top when it trades. ")
        ] + link(page, rows, struckMost)),
    ]
    parts += page.grid(rows.filter(\.isStruckMost).flatMap(\.first))
    return parts
  }

  /// What stands on the page of the market: all that the report does not show.
  func further(_ page: inout PageBuilder) -> [Markup] {
    let rows = rows(page)
    guard !rows.isEmpty else { return [] }
    var parts = [page.heading(2, "The market\(suffix)", scenario.name, severityWord(severity), "market further")]
    for row in rows {
      if rows.count > 1 { parts.append(Markup("h3", text: row.asset)) }
      parts += page.grid(row.isStruckMost && isInReport(page) ? row.further : row.first + row.further)
    }
    return parts
  }

  /// All that there is, asset by asset: for a page of the market alone.
  func all(_ page: inout PageBuilder) -> [Markup] {
    let rows = rows(page)
    return rows.flatMap { row in
      [page.heading(2, "The market of \(row.asset)", scenario.name, row.asset, "market")]
        + page.grid(row.first + row.further)
    }
  }

  /// Titles of all charts, asset by asset: what they found, for those who read text.
  func findings(_ page: PageBuilder) -> [(asset: String, titles: [String])] {
    rows(page).map { row in (row.asset, (row.first + row.further).map(\.chart.title)) }
  }

  /// Whether the report has a row for it: of a grid it has those of the first point.
  private func isInReport(_ page: PageBuilder) -> Bool {
    let first = page.summary.scenarios.first { $0.file == scenario.file && $0.point != nil }
    return first == nil || first?.name == scenario.name
  }

  /// Which asset is drawn, and the way to the others and to what else there is of it.
  private func link(_ page: PageBuilder, _ rows: [Row], _ struckMost: String?) -> [Markup] {
    guard let name = page.names.markets[scenario.name] else { return [] }
    let through = scenario.events.isEmpty ? "" : " through \(scenario.eventWord)"
    let all = "spread, depth, volume and range\(through), and what survival hangs on"
    guard rows.count > 1, let struckMost else {
      return [Markup("a", ["href": name], text: all.prefix(1).uppercased() + all.dropFirst()), .text(".")]
    }
    let which = scenario.events.isEmpty ? "the first of" : "whose price goes furthest\(through) of"
    return [
      .text("Drawn is \(struckMost), \(which) \(rows.count) assets; on a page of its own: "),
      Markup("a", ["href": name], text: "\(listed(rows.filter { !$0.isStruckMost }.map(\.asset), most: 12)); \(all)"),
      .text("."),
    ]
  }

  private func rows(_ page: PageBuilder) -> [Row] {
    let markets = page.summary.markets.filter { $0.scenario == scenario.name }
    guard let market = markets.first(where: { $0.severity == severity }) else { return [] }
    let most = struckMost(market)
    return market.assets.map { fans in
      let calm = severity == 0 ? nil : markets.first { $0.severity == 0 }?.assets.first { $0.asset == fans.asset }
      let everywhere = markets.compactMap { $0.assets.first { $0.asset == fans.asset } }
      let scene = MarketScene(
        summary: page.summary, scenario: scenario, severity: severity, fans: fans, calm: calm, allSeverities: everywhere
      )
      let words = [scenario.name, severityWord(severity), fans.asset]
      var wishes = ChartCatalogue.market.compactMap { entry in
        entry.make(scene).map { PageBuilder.Wish(chart: $0, words: words + [entry.name], rank: entry.rank) }
      }
      let liquidity = ChartCatalogue.liquidity.lazy.compactMap { entry in
        entry.make(scene).map { PageBuilder.Wish(chart: $0, words: words + [entry.name], rank: entry.rank) }
      }
      var first = Array(wishes.prefix(1))
      wishes.removeFirst(first.count)
      // The same market without the event stands beside the others.
      if let calm, let entry = ChartCatalogue.market.first {
        let without = MarketScene(
          summary: page.summary, scenario: scenario, severity: 0, fans: calm, calm: nil, allSeverities: everywhere)
        if let chart = entry.make(without) {
          wishes.insert(
            PageBuilder.Wish(
              chart: chart, words: words + [entry.name, "without-the-event"], rank: entry.rank), at: 0)
        }
      }
      let others = Array(liquidity)
      first += others.prefix(1)
      return Row(
        asset: fans.asset, isStruckMost: fans.asset == most, first: first, further: wishes + others.dropFirst())
    }
  }

  /// The asset whose price goes furthest through the event, on one path of twenty, up or down; without events, the first.
  private func struckMost(_ market: MarketSummary) -> String? {
    let nearest = market.assets.least { asset in
      asset[.priceThroughEvent].map { fan in -max(fan.p95.max() ?? 1, 1 / max(fan.p5.min() ?? 1, 1e-6)) }
    }
    return (nearest ?? market.assets.first)?.asset
  }
}
